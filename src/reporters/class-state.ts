import type { Fault, GradedItem } from "../contract/index.js";
import { causeOf } from "./fault-words.js";
import { type ItemState, itemState } from "./item-state.js";

/**
 * An item's state as a class is read: what was lost because the program failed as a whole, or with an item that comes
 * first, is told apart, so that it does not hide who made the item's own mistake.
 */
export type ClassState = ItemState | "failed";

export function classState(item: GradedItem, faults: readonly Fault[]): ClassState {
  const state = itemState(item);
  return state === "lost" && (item.waitsFor || causeOf(item, faults)) ? "failed" : state;
}

export const CLASS_STATES: Record<ClassState, { letter: string; word: string }> = {
  lost: { letter: "l", word: "lost" },
  partial: { letter: "p", word: "partly earned" },
  failed: { letter: "f", word: "not judged: the program failed, or another item must be earned first" },
  pending: { letter: "w", word: "pending" },
  earned: { letter: "e", word: "earned" },
  none: { letter: "n", word: "does not apply" },
};
