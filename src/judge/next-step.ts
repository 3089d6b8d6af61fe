import type { GradedItem } from "../contract/index.js";

/** The one most useful sentence about a grade: what to do about the item that costs most, with all that wait for it. */
export function nextStep({ items }: { items: readonly GradedItem[] }): string {
  const costs = items
    .filter((item) => item.waitsFor === undefined)
    .map((item) => ({ item, cost: costOf(item, items) }));
  const worst = costs.sort((a, b) => b.cost - a.cost)[0];
  if (worst && worst.cost > 0 && worst.item.verdict.outcome === "scored") {
    const { title, verdict, comment } = worst.item;
    return verdict.advice ?? comment ?? `${title}: ${verdict.expected}`;
  }
  const waiting = items.find((item) => item.pending > 0 && item.waitsFor === undefined);
  if (waiting?.verdict.outcome === "ungraded") {
    return `${waiting.title} is not decided yet: ${waiting.verdict.why}`;
  }
  return "Every point is earned: nothing to change.";
}

function costOf(item: GradedItem, items: readonly GradedItem[]): number {
  return items
    .filter(({ waitsFor }) => waitsFor?.id === item.id)
    .reduce((sum, behind) => sum + lost(behind), lost(item));
}

/** A bonus that was not earned is nothing lost. */
function lost({ kind, points, earned, verdict }: GradedItem): number {
  if (verdict.outcome !== "scored" || kind === "bonus") return 0;
  return kind === "penalty" ? -earned : points - earned;
}
