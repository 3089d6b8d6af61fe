import type { Accuracy } from "../../contract/index.js";
import { formatRate } from "../format-figures.js";

export interface ConfusionView {
  classes: string[];
  rows: { name: string; cells: { count: number; tint: number; right: boolean }[]; recall: string }[];
  pairs: { truth: string; predicted: string; count: number; of: number }[];
  /** The matrix is left out when it has more classes than fit on a page. */
  drawn: boolean;
}

const DRAWN_LIMIT = 16;
const PAIR_LIMIT = 3;
const TINTS = 4;

/** Truth by prediction; tints are steps of one hue by the share of the truth's row. */
export function confusionView(accuracy: Accuracy): ConfusionView {
  const { classes, confusion } = accuracy;
  const rows = confusion.map((counts, truth) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return {
      name: classes[truth] ?? `class ${truth}`,
      cells: counts.map((count, predicted) => ({
        count,
        tint: count === 0 ? 0 : Math.max(1, Math.ceil((TINTS * count) / total)),
        right: predicted === truth,
      })),
      recall: total > 0 ? formatRate((counts[truth] ?? 0) / total, 2) : "no images",
      total,
    };
  });
  const pairs = rows
    .flatMap((row, truth) =>
      row.cells.flatMap(({ count }, predicted) =>
        predicted !== truth && count > 0
          ? [{ truth: row.name, predicted: classes[predicted] ?? `class ${predicted}`, count, of: row.total }]
          : [],
      ),
    )
    .sort((a, b) => b.count - a.count);
  return {
    classes,
    rows: rows.map(({ name, cells, recall }) => ({ name, cells, recall })),
    pairs: pairs.slice(0, PAIR_LIMIT),
    drawn: classes.length <= DRAWN_LIMIT,
  };
}
