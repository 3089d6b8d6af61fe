import { type Static, Type } from "@sinclair/typebox";
import { Fault } from "./fault.js";
import { Origin } from "./origin.js";

/** A line of evidence under an item. */
export const Detail = Type.Object({ label: Type.String(), value: Type.String(), origin: Origin });
export type Detail = Static<typeof Detail>;

/**
 * How strong the evidence is: recomputed from bytes, agreeing with bytes, only said, or refuted by bytes; or a person
 * looked and gave the points.
 */
export const Proof = Type.Union([
  Type.Literal("proved"),
  Type.Literal("consistent"),
  Type.Literal("claimed"),
  Type.Literal("contradicted"),
  Type.Literal("judged"),
]);
export type Proof = Static<typeof Proof>;

/** What a grader says: a score of 0..1 with its reasons, not applicable, or not decidable for a named fault. */
export const Verdict = Type.Union([
  Type.Object({
    outcome: Type.Literal("scored"),
    score: Type.Number({ minimum: 0, maximum: 1 }),
    found: Type.String(),
    expected: Type.String(),
    advice: Type.Optional(Type.String()),
    proof: Proof,
    details: Type.Array(Detail),
    /** The rate (0..1) it was held against and the evidence key it was measured on, for pictures of the bar. */
    bar: Type.Optional(Type.Object({ on: Type.String(), value: Type.Number() })),
  }),
  Type.Object({ outcome: Type.Literal("not-applicable"), why: Type.String() }),
  Type.Object({
    outcome: Type.Literal("ungraded"),
    why: Type.String(),
    fault: Type.Union([Fault, Type.Null()]),
  }),
]);
export type Verdict = Static<typeof Verdict>;
