import { GRADERS } from "../../graders/index.js";
import type { ClassRow, Grade, Report, Run } from "../contract/index.js";
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
  /** One number that all lanes of a run share: the place of the next submission that none has taken. */
  next: SharedArrayBuffer;
  /** Grades to be taken as they are, instead of judging. */
  kept: readonly Grade[];
}

export interface JudgedSubmission {
  grade: Grade;
  row: ClassRow;
}

/** By the places of the submissions in the run; those without usable evidence are left out. */
export type JudgedByPlace = [place: number, judged: JudgedSubmission][];

/** Judges some of a run's submissions and keeps what is known of them until it may be written. */
export interface JudgeLane {
  /** Judges what no other lane takes first. Nothing is written and nothing is run. */
  judge(): Promise<JudgedByPlace>;
  /** Writes the grades of what was judged. @throws FrostlineFault `output-unwritable` */
  writeGrades(): Promise<void>;
  /** After the grades: draws the pages and writes them. @throws FrostlineFault `output-unwritable` */
  writePages(): Promise<void>;
}

/** Which attempt it is, where the rubric says which of several counts. */
function attemptView(name: string, { rubric }: Run): Pick<Report, "attempt"> {
  const counts = rubric.attempts?.counts;
  return counts ? { attempt: { ...attemptOf(name), counts } } : {};
}

/** A lane in this thread. */
export function judgeLane({ path, run, next, kept }: LaneJob): JudgeLane {
  const folder = openRunFolder(path);
  const places = new Int32Array(next);
  const judged: JudgedByPlace = [];
  return {
    async judge() {
      const rubric = readyRubric(run.rubric, GRADERS, sha256);
      const known = new Map(kept.map((grade) => [grade.submission, grade]));
      for (;;) {
        const place = Atomics.add(places, 0, 1);
        const submission = run.submissions[place];
        if (!submission) return judged;
        const { id, name } = submission;
        const stored = folder.readHashedEvidence(id);
        if (!stored) continue;
        const { evidence, hash } = stored;
        const grade =
          known.get(evidence.submission.id) ??
          judgeBy(rubric, evidence, hash, givenTo(evidence.submission.id, run));
        const report = { ...buildReport(evidence, grade, run, { id, name }), ...attemptView(name, run) };
        const student = forStudent(report);
        const row = { report, student, staffPage: `staff/${id}.html`, studentPage: `student/${id}.html` };
        judged.push([place, { grade, row }]);
      }
    },
    async writeGrades() {
      for (const [, { grade, row }] of judged) folder.writeGrade(row.report.submission.id, grade);
    },
    async writePages() {
      const renderers = REPORTERS.flatMap((reporter) => reporter.renderRows?.() ?? []);
      // One at a time, for all pages of a large class would fill memory.
      for (const [, { row }] of judged)
        for (const { path, text } of renderers.flatMap((render) => render(row))) folder.writeFile(path, text);
    },
  };
}
