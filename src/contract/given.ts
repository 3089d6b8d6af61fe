import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "./policies.js";
import { Nullable } from "./shape.js";

/** When a submission was handed in and for the how-manieth time, as the teacher's platform says. */
export const HandIn = Type.Object({
  submission: Type.String(),
  time: Nullable(Instant("When it was handed in.")),
  attempts: Nullable(Type.Integer({ minimum: 1 })),
});
export type HandIn = Static<typeof HandIn>;

/** Points that a person gave an item of one submission. They stand above whatever Frostline found. */
export const GivenPoints = Type.Object({
  submission: Type.String(),
  item: Type.String(),
  /** Of a penalty: points taken off. */
  points: Type.Number({ minimum: 0 }),
  /** What the item was worth when they were given: they keep their share when a rubric changes. */
  of: Type.Number({ minimum: 0 }),
  /** For the student; empty for none. */
  comment: Type.String({ maxLength: 4000 }),
});
export type GivenPoints = Static<typeof GivenPoints>;

/** What people know and no evidence can: part of a run, because judging it again needs it. */
export const Given = Type.Object({ handIns: Type.Array(HandIn), points: Type.Array(GivenPoints) });
export type Given = Static<typeof Given>;
