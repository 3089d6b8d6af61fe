import type { GradedItem } from "../contract/index.js";

const HIDDEN = "Not shown: your teacher keeps to themselves what this item asks for.";

/**
 * An item of a hidden threshold as its student sees it, made from an allow-list: what became of the points, and what a
 * person or an item before it says. Nothing that a grader said is in it, for it may name the threshold.
 */
export function hideItem(item: GradedItem): GradedItem {
  const { id, grader, title, why, points, earned, pending, kind, group, hidden, comment, waitsFor } = item;
  if (!hidden) return item;
  return {
    id,
    grader,
    title,
    why,
    points,
    earned,
    pending,
    verdict: waitsFor ? item.verdict : hideVerdict(item.verdict),
    ...(kind ? { kind } : {}),
    ...(group ? { group } : {}),
    hidden,
    ...(comment ? { comment } : {}),
    ...(waitsFor ? { waitsFor } : {}),
  };
}

function hideVerdict(verdict: GradedItem["verdict"]): GradedItem["verdict"] {
  if (verdict.outcome === "not-applicable") return { outcome: "not-applicable", why: HIDDEN };
  if (verdict.outcome === "ungraded") {
    // A fault is about the machine or the submission, and its words are told to students anyway.
    return { outcome: "ungraded", why: "Not decided yet.", fault: verdict.fault };
  }
  const { score, proof } = verdict;
  const found = proof === "judged" ? "A person gave these points." : HIDDEN;
  return { outcome: "scored", score: inHundredths(score), found, expected: "Not shown", proof, details: [] };
}

/** No finer than the points say anyway, for every digit of a ramp tells where it begins and ends; what is partly earned stays so. */
const inHundredths = (score: number): number =>
  score > 0 && score < 1 ? Math.min(0.99, Math.max(0.01, Math.round(score * 100) / 100)) : score;
