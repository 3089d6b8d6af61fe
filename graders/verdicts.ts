import type { Detail, Proof, Verdict } from "../src/contract/index.js";

interface Scored {
  score: number;
  found: string;
  expected: string;
  /** What to do next; left out when the score is full. */
  advice?: string;
  proof: Proof;
  details?: Detail[];
  bar?: { on: string; value: number };
}

/** A scored verdict. */
export function scored({ advice, bar, details = [], ...rest }: Scored): Verdict {
  return {
    outcome: "scored",
    ...rest,
    details,
    ...(advice !== undefined && rest.score < 1 ? { advice } : {}),
    ...(bar ? { bar } : {}),
  };
}

/** Points that wait, because what is known does not decide. */
export const undecided = (why: string): Verdict => ({ outcome: "ungraded", why, fault: null });

/** Why a file whose optimizer made no step since the last `compile` does not tell of training. */
export const NO_STEP =
  "The saved optimizer made no step. Either nothing was trained, or all of it was frozen, or the model was compiled again after training: the file does not show which.";

export const notApplicable = (why: string): Verdict => ({ outcome: "not-applicable", why });

export const parsed = (label: string, value: string): Detail => ({ label, value, origin: "parsed" });
export const claimed = (label: string, value: string): Detail => ({ label, value, origin: "claimed" });
export const measured = (label: string, value: string): Detail => ({ label, value, origin: "measured" });
