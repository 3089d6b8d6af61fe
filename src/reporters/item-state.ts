import type { GradedItem } from "../contract/index.js";

/** What became of an item's points. */
export type ItemState = "lost" | "partial" | "pending" | "earned" | "none";

/** The words and the terminal's sign for each state; the shape on a page has the state's name. */
export const STATE_WORDS: Record<ItemState, { word: string; sign: string }> = {
  lost: { word: "lost", sign: "✗" },
  partial: { word: "partly earned", sign: "✗" },
  pending: { word: "pending", sign: "·" },
  earned: { word: "earned", sign: "✓" },
  none: { word: "does not apply", sign: "-" },
};

export function itemState(item: GradedItem): ItemState {
  const { verdict } = item;
  if (verdict.outcome === "not-applicable") return "none";
  if (verdict.outcome === "ungraded") return "pending";
  if (verdict.score >= 1) return "earned";
  return verdict.score > 0 ? "partial" : "lost";
}

const lostPoints = (item: GradedItem): number => item.points - item.earned - item.pending;

/** Lost points first (the most first), then pending, then earned, then what does not apply; else as in the rubric. */
export function orderItems(items: readonly GradedItem[]): GradedItem[] {
  const rank = (item: GradedItem): number =>
    ({ lost: 0, partial: 0, pending: 1, earned: 2, none: 3 })[itemState(item)];
  return [...items].sort((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? lostPoints(b) - lostPoints(a) : 0));
}
