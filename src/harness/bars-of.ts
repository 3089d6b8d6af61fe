import type { AccuracyView, GradedItem } from "../contract/index.js";

/** The bars that items hold the accuracy on unseen images against, as pictures of the accuracy show them. */
export function barsOf(items: readonly GradedItem[]): AccuracyView["thresholds"] {
  return items.flatMap(({ title, verdict }) =>
    verdict.outcome === "scored" && verdict.bar?.on === "heldOut"
      ? [{ label: title, value: verdict.bar.value }]
      : [],
  );
}
