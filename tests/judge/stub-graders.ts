import { Type } from "@sinclair/typebox";
import {
  defineGrader,
  type Evidence,
  type Grade,
  type GradedItem,
  type Grader,
  type Rubric,
  type RubricItem,
  type Verdict,
} from "../../src/contract/index.js";
import { type GivenTo, judge } from "../../src/judge/index.js";
import { evidenceOf, sha256 } from "./evidence-of.js";

type Scored = Extract<Verdict, { outcome: "scored" }>;

const stub = (id: string, verdict: Verdict, more: Partial<Grader> = {}): Grader => ({
  ...defineGrader({
    id,
    title: `The ${id}`,
    why: `Why ${id}.`,
    needs: [],
    uses: [],
    options: Type.Object({}),
    grade: () => verdict,
  }),
  ...more,
});

const scored = (score: number, more: Partial<Scored> = {}): Scored => ({
  outcome: "scored",
  score,
  found: `found ${score}`,
  expected: "whole",
  advice: "Do more.",
  proof: "proved",
  details: [],
  ...more,
});

const without = ({ advice: _, ...verdict }: Scored): Scored => verdict;

/** Graders that say the same of any evidence, by what they say. */
export const STUBS: readonly Grader[] = [
  stub("full", scored(1)),
  stub("half", scored(0.5)),
  stub("third", scored(1 / 3)),
  stub("lost", scored(0)),
  stub("said", scored(1, { proof: "claimed" })),
  stub("agreeing", scored(1, { proof: "consistent" })),
  stub("admitted", scored(0, { proof: "claimed" })),
  stub("refuted", without(scored(1, { proof: "contradicted" }))),
  stub("half-refuted", scored(0.5, { proof: "contradicted" })),
  stub("waiting", { outcome: "ungraded", why: "nobody looked.", fault: null }),
  stub("moot", { outcome: "not-applicable", why: "there is no second phase." }),
  stub("measured", scored(1), { needs: ["heldOut"] }),
];

const TEST_RUBRIC: Rubric = {
  id: "test",
  title: "Test",
  data: { dataset: "emoji", bases: [] },
  items: [],
};

export const rubricOf = (items: readonly Partial<RubricItem>[], more: Partial<Rubric> = {}): Rubric => ({
  ...TEST_RUBRIC,
  items: items.map((item) => ({ grader: "full", points: 10, ...item })),
  ...more,
});

/** The grade of items that name stub graders; whatever is left out is worth 10 points and earns them. */
export function gradeOf(
  items: readonly Partial<RubricItem>[],
  more: Partial<Rubric> = {},
  given?: Partial<GivenTo>,
  evidence: Evidence = evidenceOf({}),
): Grade {
  return judge(evidence, rubricOf(items, more), STUBS, sha256, { handIn: null, points: [], ...given });
}

export const itemOf = (grade: Grade, id: string): GradedItem | undefined =>
  grade.items.find((item) => item.id === id);
