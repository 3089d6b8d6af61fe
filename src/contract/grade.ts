import { type Static, Type } from "@sinclair/typebox";
import { OneOf } from "./one-of.js";
import { Nullable, Sha256 } from "./shape.js";
import { Verdict } from "./verdict.js";

/**
 * One rubric item judged: 0 <= earned, earned + pending <= points. Of a penalty, `earned` is what it takes off, 0 or
 * less, and `points` what it may take off. With groups, points are scaled to the group's share.
 */
export const GradedItem = Type.Object({
  id: Type.String(),
  grader: Type.String(),
  title: Type.String(),
  why: Type.String(),
  points: Type.Number(),
  earned: Type.Number(),
  pending: Type.Number(),
  verdict: Verdict,
  /** Left out for an item that counts towards the possible points. */
  kind: Type.Optional(OneOf(["bonus", "penalty"], "How its points count.")),
  group: Type.Optional(Type.String()),
  /** What is asked and what was found are not for students. */
  hidden: Type.Optional(Type.Literal(true)),
  /** What the person who gave the points says to the student. */
  comment: Type.Optional(Type.String()),
  /** The item that must earn something, or be decided, before this one can be judged. */
  waitsFor: Type.Optional(Type.Object({ id: Type.String(), title: Type.String() })),
});
export type GradedItem = Static<typeof GradedItem>;

/** The items of a group together. */
export const GradedGroup = Type.Object({
  id: Type.String(),
  title: Type.String(),
  earned: Type.Number(),
  pending: Type.Number(),
  possible: Type.Number(),
});
export type GradedGroup = Static<typeof GradedGroup>;

/** What comes on top of or off the sum of the counted items, in words for the student. */
export const Adjustment = Type.Object({
  kind: OneOf(["bonus", "penalty", "late", "attempts"], "Where it comes from."),
  /** Above 0 what is added, below 0 what is taken off. */
  points: Type.Number(),
  words: Type.String(),
});
export type Adjustment = Static<typeof Adjustment>;

/**
 * A mark with its reasons (`grades/<id>.json`). Final only when `pending` is 0. `earned` is the least and
 * `earned + pending` the most that can come out. `possible` excludes what does not apply and every bonus, so that
 * 0 <= earned <= earned + pending <= possible + what bonus items may add.
 */
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
  /** Left out where the rubric has no groups. */
  groups: Type.Optional(Type.Array(GradedGroup)),
  /** Left out where there is none. */
  adjustments: Type.Optional(Type.Array(Adjustment)),
});
export type Grade = Static<typeof Grade>;

/** The grades of a whole run (`history/<n>/grades.json`). */
export const Grades = Type.Array(Grade);
export type Grades = Static<typeof Grades>;
