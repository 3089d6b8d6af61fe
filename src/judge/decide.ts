import { describeFault, type Evidence, type Fault, fault, type Verdict } from "../contract/index.js";
import type { CompiledItem } from "./compile-rubric.js";
import { unwrapEvidence } from "./unwrap-evidence.js";

/** What the item's grader says of the evidence, or why it could not be asked. */
export function decide(evidence: Evidence, { grader, options, kind }: CompiledItem): Verdict {
  const unwrapped = unwrapEvidence(evidence, grader);
  if (unwrapped.state === "absent") return { outcome: "ungraded", why: unwrapped.why, fault: null };
  if (unwrapped.state === "fault") {
    const { fault: why } = unwrapped;
    // What failed as a whole has lost its points; there is nothing in it that a penalty could be for.
    return kind === "penalty" && why.blame === "submission"
      ? { outcome: "not-applicable", why: describeFault(why).what }
      : fromFault(why);
  }
  let verdict: Verdict;
  try {
    verdict = grader.grade(unwrapped.values as never, options);
  } catch (error) {
    return fromFault(fault("internal", { message: `the grader ${grader.id}: ${String(error)}` }));
  }
  if (verdict.outcome !== "scored") return verdict;
  if (!(verdict.score >= 0 && verdict.score <= 1)) {
    return fromFault(
      fault("internal", { message: `the grader ${grader.id} gave the score ${verdict.score}` }),
    );
  }
  // With evidence missing through no fault of the student, only a full score is safe to give.
  return unwrapped.missing && verdict.score < 1 ? fromFault(unwrapped.missing) : verdict;
}

/** Only a fault of the submission costs points; any other leaves them pending. */
function fromFault(why: Fault): Verdict {
  const words = describeFault(why);
  if (why.blame !== "submission") return { outcome: "ungraded", why: words.what, fault: why };
  return {
    outcome: "scored",
    score: 0,
    found: words.what,
    expected: words.expected,
    advice: words.next,
    proof: "proved",
    details: [],
  };
}
