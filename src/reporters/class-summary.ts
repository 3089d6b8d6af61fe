import type { ClassReport, ClassRow } from "../contract/index.js";
import { type ClassState, classState } from "./class-state.js";

export interface ItemSummary {
  id: string;
  title: string;
  points: number;
  counts: Record<ClassState, number>;
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
  const summaries = new Map<string, ItemSummary & { scores: number[] }>();
  for (const { report } of rows) {
    for (const item of report.items) {
      const { id, title, points } = item;
      const summary = summaries.get(id) ?? {
        id,
        title,
        points,
        counts: { ...NO_COUNTS },
        mean: null,
        scores: [],
      };
      summaries.set(id, summary);
      summary.counts[classState(item, report.faults)] += 1;
      if (item.verdict.outcome === "scored") summary.scores.push(item.verdict.score);
      summary.points = Math.max(summary.points, points);
    }
  }
  return [...summaries.values()].map(({ scores, ...summary }) => ({
    ...summary,
    mean: scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null,
  }));
}

const NO_COUNTS: ItemSummary["counts"] = { lost: 0, failed: 0, partial: 0, pending: 0, earned: 0, none: 0 };

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
