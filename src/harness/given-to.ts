import type { Run } from "../contract/index.js";
import type { GivenTo } from "../judge/index.js";

/** What people said of one submission of a run. */
export function givenTo(submission: string, given: Run["given"]): GivenTo {
  return {
    handIn: given?.handIns.find((one) => one.submission === submission) ?? null,
    points: given?.points.filter((one) => one.submission === submission) ?? [],
  };
}
