import type { ClassRow, GradedItem } from "../../contract/index.js";
import { CLASS_STATES, type ClassState, classState } from "../class-state.js";
import type { ItemSummary } from "../class-summary.js";
import { formatDuration, formatPoints, formatRate } from "../format-figures.js";
import { itemWord } from "../item-state.js";
import { markWords } from "../report-words.js";
import { formatSigned } from "../sum-lines.js";
import { linkTo } from "./link-to.js";
import { markBar } from "./mark-bar.js";
import { networkThumbnail } from "./network-thumbnail.js";

/** Name and page of a submission, as links show them. */
export const nameOf = ({ report, staffPage }: ClassRow) => ({
  name: report.submission.name,
  page: linkTo(staffPage),
});

/** One submission as a row of the class table, with a cell for each of the class's items. */
export function classRowView(row: ClassRow, items: readonly ItemSummary[]) {
  const { report } = row;
  const byId = new Map(report.items.map((item) => [item.id, item]));
  const cells = items.map(({ id, title }) => {
    const item = byId.get(id);
    const state = item ? classState(item, report.faults) : "none";
    const counted = state === "partial" || state === "lost" || state === "earned";
    const points = item && counted ? `, ${formatPoints(item.earned)} of ${formatPoints(item.points)}` : "";
    return { state, title, words: `${cellWord(item, state)}${points}` };
  });
  return {
    ...nameOf(row),
    studentPage: linkTo(row.studentPage),
    states: cells.map(({ state }) => CLASS_STATES[state].letter).join(""),
    mark: markWords(report.mark).mark,
    bar: markBar(report.mark),
    adjusted: (report.adjustments ?? [])
      .map(({ kind, points }) => `${kind} ${formatSigned(points)}`)
      .join(", "),
    attempts: attemptsView(row),
    pending: report.mark.pending > 0 ? `${formatPoints(report.mark.pending)} pending` : "",
    cells,
    accuracy: rowAccuracy(row),
    network: report.network && networkThumbnail(report.network),
    time: report.run ? formatDuration(report.run.wallMs) : "not run",
  };
}

/** Which of a student's attempts counts, and the others with their marks; null where there is but one. */
function attemptsView({ report: { attempt }, attempts = [] }: ClassRow) {
  if (!attempt || attempts.length < 2) return null;
  return {
    words: `attempt ${attempt.number} of ${attempts.length}, the ${attempt.counts}`,
    others: attempts
      .filter(({ number }) => number !== attempt.number)
      .map(({ number, page, mark }) => ({ number, page: linkTo(page), mark: markWords(mark).mark })),
  };
}

function cellWord(item: GradedItem | undefined, state: ClassState): string {
  if (item?.waitsFor) {
    const { title } = item.waitsFor;
    return state === "failed"
      ? `not judged until “${title}” is earned`
      : `pending until “${title}” is decided`;
  }
  if (state === "failed") return "not judged: the program failed";
  return item?.kind ? itemWord(item) : CLASS_STATES[state].word;
}

/** The measured rate on a scale of 0 to 1; places in percent. */
function rowAccuracy({ report }: ClassRow) {
  if (!report.accuracy) return null;
  const { heldOut, interval, thresholds } = report.accuracy;
  const percent = (rate: number): string => (100 * Math.min(1, Math.max(0, rate))).toFixed(1);
  return {
    rate: formatRate(heldOut.correct / heldOut.n),
    range: `${formatRate(interval.low, 2)} to ${formatRate(interval.high, 2)}`,
    x: percent(heldOut.correct / heldOut.n),
    low: percent(interval.low),
    high: percent(interval.high),
    bars: thresholds.map(({ value }) => percent(value)),
  };
}
