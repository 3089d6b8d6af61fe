import type { ClassReport, ClassRow, GradedItem } from "../contract/index.js";
import { type ItemState, itemState } from "./item-state.js";

export interface ItemSummary {
  id: string;
  title: string;
  points: number;
  counts: Record<ItemState, number>;
  /** Mean share of the points among decided submissions, 0..1; null when none is decided. */
  mean: number | null;
}

export interface ClassSummary {
  submissions: number;
  final: number;
  pending: number;
  /** Of the final marks, in points; null when there is none. */
  median: number | null;
  lowest: number | null;
  highest: number | null;
  possible: number;
  items: ItemSummary[];
  /** Submissions by tenth of the possible points, final ones and those with points pending. */
  tenths: { final: number; pending: number }[];
}

export const isFinal = (row: ClassRow): boolean => row.report.mark.pending === 0;

/** The figures of a class: how many are final, how marks are spread, how each item went. */
export function summariseClass({ rows }: ClassReport): ClassSummary {
  const final = rows.filter(isFinal);
  const marks = final.map(({ report }) => report.mark.earned).sort((a, b) => a - b);
  return {
    submissions: rows.length,
    final: final.length,
    pending: rows.length - final.length,
    median: median(marks),
    lowest: marks[0] ?? null,
    highest: marks.at(-1) ?? null,
    possible: Math.max(0, ...rows.map(({ report }) => report.mark.possible)),
    items: summariseItems(rows),
    tenths: countTenths(rows),
  };
}

function median(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

function summariseItems(rows: readonly ClassRow[]): ItemSummary[] {
  const byId = new Map<string, GradedItem[]>();
  for (const item of rows.flatMap(({ report }) => report.items)) {
    const known = byId.get(item.id);
    if (known) known.push(item);
    else byId.set(item.id, [item]);
  }
  return [...byId].map(([id, items]) => {
    const counts: ItemSummary["counts"] = { lost: 0, partial: 0, pending: 0, earned: 0, none: 0 };
    const scores: number[] = [];
    for (const item of items) {
      counts[itemState(item)] += 1;
      if (item.verdict.outcome === "scored") scores.push(item.verdict.score);
    }
    const mean = scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
    const points = Math.max(...items.map((item) => item.points));
    return { id, title: items[0]?.title ?? id, points, counts, mean };
  });
}

function countTenths(rows: readonly ClassRow[]): ClassSummary["tenths"] {
  const tenths = Array.from({ length: 10 }, () => ({ final: 0, pending: 0 }));
  for (const row of rows) {
    const { earned, possible } = row.report.mark;
    const share = possible > 0 ? earned / possible : 0;
    const tenth = tenths[Math.min(9, Math.max(0, Math.floor(share * 10 + 1e-9)))];
    if (tenth) tenth[isFinal(row) ? "final" : "pending"] += 1;
  }
  return tenths;
}
