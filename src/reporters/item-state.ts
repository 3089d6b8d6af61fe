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

export function itemState({ kind, verdict }: GradedItem): ItemState {
  if (verdict.outcome === "not-applicable") return "none";
  if (verdict.outcome === "ungraded") return "pending";
  // A bonus that is not earned is nothing lost, and a penalty that is not taken off nothing earned.
  if (kind === "bonus") return verdict.score > 0 ? "earned" : "none";
  if (kind === "penalty") return verdict.score < 1 ? "lost" : "none";
  if (verdict.score >= 1) return "earned";
  return verdict.score > 0 ? "partial" : "lost";
}

/** The word for an item's state, which for a bonus or a penalty is another one. */
export function itemWord(item: GradedItem): string {
  const state = itemState(item);
  const { kind, verdict, waitsFor } = item;
  if (state === "pending" || verdict.outcome === "not-applicable") return STATE_WORDS[state].word;
  if (kind === "bonus") return state === "earned" ? "bonus" : "bonus not earned";
  if (kind === "penalty") return state === "lost" ? "penalty" : "no penalty";
  return waitsFor ? "not judged" : STATE_WORDS[state].word;
}

/** Points that an item costs: a bonus costs none. */
export function lostPoints({ kind, points, earned, pending, verdict }: GradedItem): number {
  if (kind === "bonus" || verdict.outcome === "not-applicable") return 0;
  return kind === "penalty" ? -earned : points - earned - pending;
}

/** Lost points first (the most first), then pending, then earned, then what does not apply; else as in the rubric. */
export function orderItems(items: readonly GradedItem[]): GradedItem[] {
  const rank = (item: GradedItem): number =>
    ({ lost: 0, partial: 0, pending: 1, earned: 2, none: 3 })[itemState(item)];
  // What waits for another item stands behind those that there is something to do about.
  const waits = (item: GradedItem): number => (item.waitsFor ? 1 : 0);
  return [...items].sort(
    (a, b) => rank(a) - rank(b) || waits(a) - waits(b) || (rank(a) === 0 ? lostPoints(b) - lostPoints(a) : 0),
  );
}
