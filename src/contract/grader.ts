import type { Static, TObject } from "@sinclair/typebox";
import type { EvidenceKey, EvidenceMap } from "./evidence.js";
import type { Verdict } from "./verdict.js";

/** Evidence as a grader receives it: what it needs is there, what it merely uses may be null. */
export type GraderEvidence<Needs extends EvidenceKey, Uses extends EvidenceKey> = Pick<EvidenceMap, Needs> & {
  [K in Uses]: EvidenceMap[K] | null;
} & {
  /** Names of the assignment's classes, in the order of the model's outputs. */
  classes: readonly string[];
};

/**
 * A grader is a record with one pure, synchronous function. It knows scores of 0..1 only; points live in the
 * rubric. The judge calls it only when everything in `needs` was found.
 */
export interface Grader<
  Needs extends EvidenceKey = EvidenceKey,
  Uses extends EvidenceKey = EvidenceKey,
  Options extends TObject = TObject,
> {
  /** Permanent: folder name = id = rubric key. */
  id: string;
  title: string;
  /** One sentence for students: why this matters. */
  why: string;
  needs: readonly Needs[];
  uses: readonly Uses[];
  /** TypeBox object; every property has a default and a description. */
  options: Options;
  grade(evidence: GraderEvidence<Needs, Uses>, options: Static<Options>): Verdict;
}

/** Keeps the types of one grader and hands it on as a plain `Grader`. */
export function defineGrader<N extends EvidenceKey, U extends EvidenceKey, O extends TObject>(
  grader: Grader<N, U, O>,
): Grader {
  return grader as unknown as Grader;
}
