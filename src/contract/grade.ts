import { type Static, Type } from "@sinclair/typebox";
import { Nullable, Sha256 } from "./shape.js";
import { Verdict } from "./verdict.js";

/** One rubric item judged. earned + pending <= points. */
export const GradedItem = Type.Object({
  id: Type.String(),
  grader: Type.String(),
  title: Type.String(),
  why: Type.String(),
  points: Type.Number(),
  earned: Type.Number(),
  pending: Type.Number(),
  verdict: Verdict,
});
export type GradedItem = Static<typeof GradedItem>;

/** A mark with its reasons (`grades/<id>.json`). Final only when `pending` is 0. Possible excludes what does not apply. */
export const Grade = Type.Object({
  schema: Type.Literal("frostline/grade/1"),
  submission: Type.String(),
  rubric: Type.Object({ id: Type.String(), hash: Sha256 }),
  evidence: Sha256,
  earned: Type.Number(),
  pending: Type.Number(),
  possible: Type.Number(),
  items: Type.Array(GradedItem),
  stamp: Nullable(Type.String()),
});
export type Grade = Static<typeof Grade>;

/** The grades of a whole run (`history/<n>/grades.json`). */
export const Grades = Type.Array(Grade);
export type Grades = Static<typeof Grades>;
