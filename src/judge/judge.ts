import {
  canonicalText,
  type Evidence,
  type Grade,
  type GradedItem,
  type Grader,
  type Rubric,
} from "../contract/index.js";
import { compileRubric } from "./compile-rubric.js";
import { judgeItem } from "./judge-item.js";

/** SHA-256 of text in lower-case hexadecimal; passed in, because hashing is not pure here. */
export type Sha256Of = (text: string) => string;

/**
 * The grade of one submission: graders x evidence x rubric. Pure: the same evidence and rubric give the same bytes.
 * @throws FrostlineFault as `compileRubric` does.
 */
export function judge(
  evidence: Evidence,
  rubric: Rubric,
  graders: readonly Grader[],
  sha256: Sha256Of,
): Grade {
  const items = compileRubric(rubric, graders).map((item) => judgeItem(evidence, item));
  return {
    schema: "frostline/grade/1",
    submission: evidence.submission.id,
    rubric: { id: rubric.id, hash: rubricHash(rubric, sha256) },
    // Fields keep their order through a file, and sorting them would take longer than all the judging.
    evidence: sha256(JSON.stringify(evidence)),
    earned: sum(items, (item) => item.earned),
    pending: sum(items, (item) => item.pending),
    possible: sum(items, (item) => (item.verdict.outcome === "not-applicable" ? 0 : item.points)),
    items,
    stamp: evidence.stamp,
  };
}

/** What identifies a rubric: its content, whatever the order of its fields and the place of its schema. */
export function rubricHash({ $schema: _, ...rubric }: Rubric, sha256: Sha256Of): string {
  return sha256(canonicalText(rubric));
}

/** A grade as text: the same grade always gives the same bytes. */
export function gradeText(grade: Grade): string {
  return `${canonicalText(grade)}\n`;
}

/** Adds in ten-thousandths, so that 0.1 + 0.2 is 0.3. */
function sum(items: readonly GradedItem[], value: (item: GradedItem) => number): number {
  return items.reduce((total, item) => total + Math.round(value(item) * 10_000), 0) / 10_000;
}
