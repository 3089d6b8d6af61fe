import type { Run } from "../contract/index.js";
import { attemptOf, type GivenTo } from "../judge/index.js";

/** What is known of one submission of a run beside its evidence: what people said, and its name. */
export function givenTo(submission: string, { given, rubric }: Pick<Run, "given" | "rubric">): GivenTo {
  const said = given?.handIns.find((one) => one.submission === submission) ?? null;
  const byName = rubric.attempts?.counts ? attemptOf(submission).number : null;
  return {
    handIn:
      said || byName ? { submission, time: said?.time ?? null, attempts: said?.attempts ?? byName } : null,
    points: given?.points.filter((one) => one.submission === submission) ?? [],
  };
}
