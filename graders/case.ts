import type { EvidenceMap, Proof } from "../src/contract/index.js";

/** One line of a grader's table: evidence in, verdict out. Evidence that is not named is absent. */
export interface Case {
  /** A sentence about what is judged. */
  name: string;
  evidence: { [K in keyof EvidenceMap]?: EvidenceMap[K] | undefined };
  options?: Record<string, unknown>;
  /** Names of the classes; three by default. */
  classes?: readonly string[];
  expect:
    | { score: number; proof?: Proof; says?: RegExp; advises?: RegExp }
    | { outcome: "ungraded" | "not-applicable"; says?: RegExp };
}
