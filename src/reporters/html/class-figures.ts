import type { ClassRow } from "../../contract/index.js";
import type { ClassSummary } from "../class-summary.js";
import { formatPoints, formatRate } from "../format-figures.js";

/** Ten bars, a tenth of the points each; places and heights in percent. */
export function histogram({ tenths, possible }: ClassSummary) {
  const most = Math.max(1, ...tenths.map(({ final, pending }) => final + pending));
  return tenths.map(({ final, pending }, index) => {
    const height = (count: number): number => Math.round((count / most) * 960) / 10;
    return {
      x: index * 10,
      final: height(final),
      finalY: 100 - height(final),
      pending: height(pending),
      pendingY: 100 - height(final) - height(pending),
      count: final + pending,
      from: formatPoints((possible * index) / 10),
      label: `${formatPoints((possible * index) / 10)} to ${formatPoints((possible * (index + 1)) / 10)} points`,
      words: pending > 0 ? `${final} final, ${pending} pending` : `${final}`,
    };
  });
}

/** The mean of each group among submissions that have all of its points decided. */
export function groupMeans(rows: readonly ClassRow[]) {
  const all = rows.flatMap(({ report }) => report.groups ?? []);
  const titles = new Map(all.map(({ id, title }) => [id, title]));
  return [...titles].map(([id, title]) => {
    const decided = all.filter((group) => group.id === id && group.pending === 0);
    const earned = decided.reduce((sum, group) => sum + group.earned, 0) / decided.length;
    const possible = Math.max(...decided.map((group) => group.possible));
    const mean = `mean ${formatPoints(earned)} of ${formatPoints(possible)} (n = ${decided.length})`;
    return { title, mean: decided.length > 0 ? mean : "all pending" };
  });
}

const SHARES = ["earned", "partial", "lost", "failed", "pending", "none"] as const;

/** An item a row: its mean, how many stand in which state, and these as shares of one bar in percent. */
export function itemAnalysis({ items, submissions }: ClassSummary) {
  return items.map(({ id, title, points, counts, mean }, index) => {
    let x = 0;
    const parts = SHARES.flatMap((state) => {
      const width = submissions > 0 ? Math.round((1000 * counts[state]) / submissions) / 10 : 0;
      const part = { state, x: Math.round(x * 10) / 10, width };
      x += width;
      return width > 0 ? [part] : [];
    });
    return {
      id,
      index,
      title,
      points: formatPoints(points),
      mean: mean === null ? "–" : formatRate(mean, 2),
      counts,
      parts,
    };
  });
}

const WHAT_IF_BARS = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

/** How many would reach each bar, so that a threshold can be chosen with open eyes. */
export function whatIf(rows: readonly ClassRow[]) {
  const measured = rows.flatMap(({ report }) => (report.accuracy ? [report.accuracy] : []));
  if (measured.length === 0) return null;
  return {
    n: measured.length,
    bars: WHAT_IF_BARS.map((bar) => ({
      bar: formatRate(bar, 2),
      now: measured.some(({ thresholds }) => thresholds.some(({ value }) => Math.abs(value - bar) < 1e-9)),
      interval: measured.filter(({ interval }) => interval.high >= bar).length,
      point: measured.filter(({ heldOut }) => heldOut.correct / heldOut.n >= bar).length,
    })),
  };
}
