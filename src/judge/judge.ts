import {
  canonicalText,
  type Evidence,
  type GivenPoints,
  type Grade,
  type Grader,
  type HandIn,
  type Rubric,
} from "../contract/index.js";
import { applyGates } from "./apply-gates.js";
import { type CompiledItem, compileRubric } from "./compile-rubric.js";
import { judgeItem } from "./judge-item.js";
import { onlyFinite } from "./only-finite.js";
import { tally } from "./tally.js";

/** SHA-256 of text in lower-case hexadecimal; passed in, because hashing is not pure here. */
export type Sha256Of = (text: string) => string;

/** What people say of one submission. */
export interface GivenTo {
  handIn: HandIn | null;
  points: readonly GivenPoints[];
}

const NOTHING: GivenTo = { handIn: null, points: [] };

/**
 * The grade of one submission: graders x evidence x rubric, and what people gave it. Pure: the same input gives the
 * same bytes.
 * @throws FrostlineFault as `compileRubric` does.
 */
export function judge(
  evidence: Evidence,
  rubric: Rubric,
  graders: readonly Grader[],
  sha256: Sha256Of,
  given: GivenTo = NOTHING,
): Grade {
  // Fields keep their order through a file, and sorting them would take longer than all the judging.
  const hash = sha256(JSON.stringify(evidence));
  return judgeBy(readyRubric(rubric, graders, sha256), onlyFinite(evidence), hash, given);
}

/** A rubric compiled and hashed, to judge any number of submissions by. */
export interface ReadyRubric {
  rubric: Rubric;
  items: readonly CompiledItem[];
  hash: string;
}

/** @throws FrostlineFault as `compileRubric` does. */
export function readyRubric(rubric: Rubric, graders: readonly Grader[], sha256: Sha256Of): ReadyRubric {
  return { rubric, items: compileRubric(rubric, graders), hash: rubricHash(rubric, sha256) };
}

/**
 * `judge` for many submissions, of evidence as files hold it.
 * @param evidenceHash SHA-256 of the evidence as JSON without blanks, as a run stores it
 */
export function judgeBy(
  { rubric, items: compiled, hash }: ReadyRubric,
  evidence: Evidence,
  evidenceHash: string,
  given: GivenTo = NOTHING,
): Grade {
  const byItem = new Map(given.points.map((one) => [one.item, one]));
  const alone = compiled.map((item) => judgeItem(evidence, item, byItem.get(item.id) ?? null));
  const items = applyGates(compiled, alone);
  return {
    schema: "frostline/grade/1",
    submission: evidence.submission.id,
    rubric: { id: rubric.id, hash },
    evidence: evidenceHash,
    ...tally(items, rubric, given.handIn),
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
