import { GRADERS } from "../../graders/index.js";
import type { Evidence, Grade, Rubric } from "../contract/index.js";
import { type GivenTo, judgeBy, readyRubric } from "../judge/index.js";

/** A grade that is no record: it has no hashes of what it was made from. */
export type WhatIfGrade = Omit<Grade, "schema" | "rubric" | "evidence">;

const NO_HASH = (): string => "";

/**
 * The grade that a submission would get under a rubric. It needs nothing of Node, for the build bundles this file for
 * browsers; there it is `frostline.judge`.
 * @throws FrostlineFault as `compileRubric` does; its message says what is wrong with the rubric
 */
export function judge(evidence: Evidence, rubric: Rubric, given?: GivenTo): WhatIfGrade {
  const ready = readyRubric(rubric, GRADERS, NO_HASH);
  const { schema: _, rubric: __, evidence: ___, ...grade } = judgeBy(ready, evidence, "", given);
  return grade;
}
