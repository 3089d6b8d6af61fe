import { join } from "node:path";
import { GRADERS } from "../../graders/index.js";
import {
  type ClassReport,
  FrostlineFault,
  type Grade,
  type HistoryNote,
  type Rubric,
  type Run,
} from "../contract/index.js";
import { compileRubric, rubricHash } from "../judge/index.js";
import { handInGaps } from "./hand-in-gaps.js";
import { type JudgedRun, judgeRun } from "./judge-run.js";
import { type GivenFiles, readGiven } from "./read-given.js";
import {
  dropFromHistory,
  keepInHistory,
  listHistory,
  readHistoryEntry,
  sameGrades,
} from "./regrade-history.js";
import { compareGrades, type Moves } from "./regrade-moves.js";
import { openRunFolder, type RunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";

export interface Regrading {
  /** The run's folder. */
  path: string;
  /** Left out to judge by the rubric the run has, with the graders of today. */
  rubric?: Rubric;
  /** Files with what people know; what the run has of it stays where no file is given. */
  given?: GivenFiles;
  reason: string | null;
  /** Time of the change, ISO 8601. */
  at: string;
  /** Told who moved when the grades are written; the pages of a large class take as long again. */
  onGraded?(regraded: Regraded): void;
}

export interface Regraded {
  report: ClassReport;
  moves: Moves;
  rubricBefore: string;
  rubricAfter: string;
  /** Names of submissions whose stored evidence cannot be used; `grade` makes it anew. */
  unusable: string[];
  /** A sentence about hand-in times that the rubric counts and nobody gave. */
  handInGaps: string | null;
}

/**
 * Judges a stored run again. What it was before is kept in its history, unless nothing changed. No submission is
 * read and nothing is run.
 * @throws FrostlineFault `file-missing` for a folder without a run, and as `compileRubric` does
 */
export async function regrade({ path, rubric, given, reason, at, onGraded }: Regrading): Promise<Regraded> {
  const folder = openRunFolder(path);
  const stored = await folder.readRun();
  const asked = rubric ? under(rubric, stored) : stored;
  const items = compileRubric(
    asked.rubric,
    GRADERS,
    rubric ? `the rubric ${rubric.id}` : join(path, "run.json"),
  );
  const run = withGiven(asked, await readGiven(given ?? {}, stored.submissions, items, stored.given));
  const note = { schema: "frostline/history/1", reason, at } as const;
  return replace(folder, { stored, run, kept: [], note, undone: false, onGraded });
}

/**
 * Takes back the newest change: the rubric and the very grades from before it. What is taken back stays in the
 * history as undone.
 * @throws FrostlineFault `nothing-to-undo`
 */
export async function undoRegrade({
  path,
  at,
  onGraded,
}: Pick<Regrading, "path" | "at" | "onGraded">): Promise<Regraded> {
  const folder = openRunFolder(path);
  const stored = await folder.readRun();
  const newest = (await listHistory(path)).filter(({ undone }) => !undone).at(-1);
  if (!newest) throw new FrostlineFault("nothing-to-undo", { folder: path });
  const last = await readHistoryEntry(path, newest);
  const run = withGiven(under(last.rubric, stored), last.given ?? undefined);
  const note = { schema: "frostline/history/1", reason: last.note.reason, at } as const;
  const regraded = await replace(folder, {
    stored,
    run,
    kept: last.grades,
    note,
    undone: true,
    onGraded,
  });
  await dropFromHistory(path, last);
  return regraded;
}

const under = (rubric: Rubric, run: Run): Run => ({ ...run, rubric, rubricHash: rubricHash(rubric, sha256) });

function withGiven({ given: _, ...run }: Run, given: Run["given"]): Run {
  return { ...run, ...(given ? { given } : {}) };
}

const keptOf = ({ rubric, given }: Run) => ({ rubric, given: given ?? null });

const storedGrades = (folder: RunFolder, run: Run): Grade[] =>
  run.submissions.map(({ id }) => folder.readGrade(id)).filter((grade) => grade !== null);

/** After a change that was killed halfway the grades are of two rubrics, and the history has the old ones already. */
const isWhole = (run: Run, grades: readonly Grade[]): boolean =>
  grades.length > 0 && grades.every((grade) => grade.rubric.hash === run.rubricHash);

interface Replacement {
  stored: Run;
  run: Run;
  /** Grades to be taken as they are. */
  kept: readonly Grade[];
  note: HistoryNote;
  undone: boolean;
  onGraded: Regrading["onGraded"];
}

/** Judges all, keeps what was before in the history, and only then replaces it. */
async function replace(
  folder: RunFolder,
  { stored, run, kept, note, undone, onGraded }: Replacement,
): Promise<Regraded> {
  let before: Grade[] = [];
  const whileStarting = (): void => {
    before = storedGrades(folder, stored);
  };
  const beforeWriting = async (grades: readonly Grade[]): Promise<void> => {
    const changed = undone || run.rubricHash !== stored.rubricHash || !sameGrades(before, grades);
    if (changed && isWhole(stored, before))
      await keepInHistory(folder.folder, { ...keptOf(stored), grades: before, note, undone });
    if (JSON.stringify(run) !== JSON.stringify(stored)) folder.writeRun(run);
  };
  let regraded!: Regraded;
  const afterGrades = ({ report, grades }: JudgedRun): void => {
    regraded = {
      report,
      moves: compareGrades(before, [...grades.values()]),
      rubricBefore: `${stored.rubric.id}@${stored.rubricHash.slice(0, 12)}`,
      rubricAfter: `${run.rubric.id}@${run.rubricHash.slice(0, 12)}`,
      unusable: run.submissions.flatMap(({ id, name }) => (grades.has(id) ? [] : [name])),
      handInGaps: handInGaps(run),
    };
    onGraded?.(regraded);
  };
  await judgeRun(folder, run, { kept, whileStarting, beforeWriting, afterGrades });
  return regraded;
}
