import {
  describeFault,
  type Evidence,
  type Fault,
  fault,
  type GradedItem,
  type Verdict,
} from "../contract/index.js";
import type { CompiledItem } from "./compile-rubric.js";
import { unwrapEvidence } from "./unwrap-evidence.js";

/** One item of the rubric judged. Points that could not be decided are pending, never lost. */
export function judgeItem(evidence: Evidence, item: CompiledItem): GradedItem {
  const verdict = decide(evidence, item);
  const earned = verdict.outcome === "scored" ? marks(item.points, verdict.score) : 0;
  return {
    id: item.id,
    grader: item.grader.id,
    title: item.title,
    why: item.grader.why,
    points: item.points,
    earned,
    pending: verdict.outcome === "ungraded" ? item.points : 0,
    verdict,
  };
}

function decide(evidence: Evidence, { grader, options }: CompiledItem): Verdict {
  const unwrapped = unwrapEvidence(evidence, grader);
  if (unwrapped.state === "absent") return { outcome: "ungraded", why: unwrapped.why, fault: null };
  if (unwrapped.state === "fault") return fromFault(unwrapped.fault);
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

/** Marks have two decimals, but a full score is the item's own points whatever their decimals. */
function marks(points: number, score: number): number {
  return score === 1 ? points : Math.min(points, Math.round(points * score * 100) / 100);
}
