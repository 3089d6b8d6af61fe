import type { Report } from "../contract/index.js";
import { formatPoints } from "./format-figures.js";

/** A line below the mark: a group's points, or what comes on top of or off the items. */
export interface SumLine {
  label: string;
  value: string;
  /** Empty where the label says it all. */
  words: string;
}

const LABELS = { bonus: "Bonus", penalty: "Penalty", late: "Late", attempts: "Attempts" } as const;

/** Points with their sign; the minus is a real one. */
export const formatSigned = (points: number): string =>
  points < 0 ? `−${formatPoints(-points)}` : `+${formatPoints(points)}`;

/** The points of each group; none for a rubric without groups. */
export const groupLines = ({ groups = [] }: Report): SumLine[] =>
  groups.map(({ title, earned, pending, possible }) => ({
    label: title,
    value: `${formatPoints(earned)} of ${formatPoints(possible)}`,
    words: pending > 0 ? `${formatPoints(pending)} pending` : "",
  }));

/** What is added to the items and taken off; none where there is nothing. */
export const adjustmentLines = ({ adjustments = [] }: Report): SumLine[] =>
  adjustments.map(({ kind, points, words }) => ({ label: LABELS[kind], value: formatSigned(points), words }));
