import pMap from "p-map";
import { GRADERS } from "../../graders/index.js";
import type { ClassRow, Grade, RenderedFile, Report, Run } from "../contract/index.js";
import { attemptOf, judgeBy, readyRubric } from "../judge/index.js";
import { REPORTERS } from "../reporters/index.js";
import { buildReport } from "./build-report.js";
import { givenTo } from "./given-to.js";
import { openRunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { forStudent } from "./student-report.js";

/** What a lane works on; plain data, so that it can be sent to a thread. */
export interface LaneJob {
  /** The run's folder. */
  path: string;
  run: Run;
  /** Of the run, those this lane judges. */
  submissions: Run["submissions"];
  /** Grades to be taken as they are, instead of judging. */
  kept: readonly Grade[];
}

export interface JudgedSubmission {
  grade: Grade;
  row: ClassRow;
}

/** Judges some of a run's submissions and keeps their grades and pages until they may be written. */
export interface JudgeLane {
  /** In the order of the job; null for a submission without usable evidence. Nothing is written and nothing is run. */
  judge(): Promise<(JudgedSubmission | null)[]>;
  /** Writes what was judged. @throws FrostlineFault `output-unwritable` */
  write(): Promise<void>;
}

/** Files written side by side: replacing a file waits for the disk, and a class has a thousand of them. */
const FILES_AT_ONCE = 16;

/** Which attempt it is, where the rubric says which of several counts. */
function attemptView(name: string, { rubric }: Run): Pick<Report, "attempt"> {
  const counts = rubric.attempts?.counts;
  return counts ? { attempt: { ...attemptOf(name), counts } } : {};
}

/** A lane in this thread. */
export function judgeLane({ path, run, submissions, kept }: LaneJob): JudgeLane {
  const folder = openRunFolder(path);
  const grades: [id: string, grade: Grade][] = [];
  const pages: RenderedFile[] = [];
  return {
    async judge() {
      const rubric = readyRubric(run.rubric, GRADERS, sha256);
      const known = new Map(kept.map((grade) => [grade.submission, grade]));
      const renderers = REPORTERS.flatMap((reporter) => reporter.renderRows?.() ?? []);
      return submissions.map(({ id, name }) => {
        const stored = folder.readHashedEvidence(id);
        if (!stored) return null;
        const { evidence, hash } = stored;
        const grade =
          known.get(evidence.submission.id) ??
          judgeBy(rubric, evidence, hash, givenTo(evidence.submission.id, run));
        const report = { ...buildReport(evidence, grade, run, { id, name }), ...attemptView(name, run) };
        const student = forStudent(report);
        const row = { report, student, staffPage: `staff/${id}.html`, studentPage: `student/${id}.html` };
        grades.push([id, grade]);
        pages.push(...renderers.flatMap((render) => render(row)));
        return { grade, row };
      });
    },
    async write() {
      await pMap(grades, ([id, grade]) => folder.writeGrade(id, grade), { concurrency: FILES_AT_ONCE });
      await pMap(pages, ({ path, text }) => folder.writeFile(path, text), { concurrency: FILES_AT_ONCE });
    },
  };
}
