import type { Evidence, GivenPoints, GradedItem, Verdict } from "../contract/index.js";
import type { CompiledItem } from "./compile-rubric.js";
import { decide } from "./decide.js";
import { withPolicy } from "./item-policy.js";

/**
 * One item of the rubric judged by itself, whatever it waits for. Points that could not be decided are pending, never
 * lost. Points that a person gave stand above what was found.
 */
export function judgeItem(evidence: Evidence, item: CompiledItem, given: GivenPoints | null): GradedItem {
  const found = decide(evidence, item);
  const graded = gradeAs(item, given ? byPerson(item, given, found) : withPolicy(found, item));
  return given && given.comment !== "" ? { ...graded, comment: given.comment } : graded;
}

/** The points that a verdict makes of an item. */
export function gradeAs(item: CompiledItem, verdict: Verdict): GradedItem {
  const { id, grader, title, points, kind, group, hidden } = item;
  return {
    id,
    grader: grader.id,
    title,
    why: grader.why,
    points,
    earned: verdict.outcome === "scored" ? earnedPoints(kind, points, verdict.score) : 0,
    pending: verdict.outcome === "ungraded" ? points : 0,
    verdict,
    ...(kind === "counted" ? {} : { kind }),
    ...(group === null ? {} : { group }),
    ...(hidden ? { hidden } : {}),
  };
}

function earnedPoints(kind: CompiledItem["kind"], points: number, score: number): number {
  // What is nothing is 0, not the -0 that would be another text.
  if (kind === "penalty") return 0 - marks(points, 1 - score);
  return marks(points, score);
}

/** Marks have two decimals, but a full score is the item's own points whatever their decimals. */
function marks(points: number, score: number): number {
  return score === 1 ? points : Math.min(points, Math.round(points * score * 100) / 100);
}

function byPerson({ kind, options }: CompiledItem, { points, of }: GivenPoints, found: Verdict): Verdict {
  const share = of === 0 ? 1 : Math.min(1, points / of);
  const asked = options["asks"];
  return {
    outcome: "scored",
    score: kind === "penalty" ? 1 - share : share,
    found: `A person ${kind === "penalty" ? "took off" : "gave"} ${points} of ${of} points.`,
    expected: typeof asked === "string" ? asked : "What a person decides",
    proof: "judged",
    details:
      found.outcome === "scored"
        ? [{ label: "Found without a person", value: found.found, origin: "parsed" }]
        : [],
  };
}
