import { type ClassReport, type ClassRow, describeFault } from "../../contract/index.js";
import { type ClassSummary, summariseClass } from "../class-summary.js";
import { commonMistakes } from "../common-mistakes.js";
import { formatDuration, formatNoun, formatPoints, formatRate } from "../format-figures.js";
import { type ItemState, itemState, STATE_WORDS } from "../item-state.js";
import { markWords, stampWords, whoMustAct } from "../report-words.js";
import { linkTo } from "./link-to.js";
import { markBar } from "./mark-bar.js";
import { networkThumbnail } from "./network-thumbnail.js";

const STATE_LETTERS: Record<ItemState, string> = {
  earned: "e",
  partial: "p",
  lost: "l",
  pending: "w",
  none: "n",
};

/** Everything the class page's template shows; all text is plain, the template escapes it. */
export function classView(report: ClassReport) {
  const summary = summariseClass(report);
  return {
    assignment: report.assignment,
    heading: headingWords(summary),
    stamp: report.stamp === null ? null : { name: report.stamp, words: stampWords(report.stamp) },
    faults: openFaults(report.rows),
    empty: report.rows.length === 0,
    figures: keyFigures(summary),
    histogram: histogram(summary),
    items: summary.items.map(({ id, title, points }) => ({ id, title, points: formatPoints(points) })),
    rows: report.rows.map((row) => rowView(row, summary)),
    analysis: itemAnalysis(summary),
    mistakes: commonMistakes(report).map(({ title, item, advice, rows, pointsLost }) => ({
      title,
      item,
      itemIndex: summary.items.findIndex(({ id }) => id === item),
      advice,
      count: formatNoun(rows.length, "student"),
      lost: formatNoun(Number(formatPoints(pointsLost)), "point"),
      rows: rows.map(({ row, found }) => ({ ...nameOf(row), found })),
    })),
    whatIf: whatIf(report.rows),
    versions: report.versions,
  };
}

function headingWords({ submissions, final, pending }: ClassSummary): string {
  const all = formatNoun(submissions, "submission");
  return pending === 0 ? `${all}, all final` : `${all}: ${final} final, ${pending} pending`;
}

const nameOf = ({ report, staffPage }: ClassRow) => ({
  name: report.submission.name,
  page: linkTo(staffPage),
});

/** Faults that somebody other than a student must act on, each once with everyone it holds up. */
function openFaults(rows: readonly ClassRow[]) {
  const open = new Map<
    string,
    { who: string; what: string; next: string; rows: ReturnType<typeof nameOf>[] }
  >();
  for (const row of rows) {
    for (const fault of row.report.faults.filter(({ blame }) => blame !== "submission")) {
      const { what, next } = describeFault(fault);
      const known = open.get(what);
      if (known) known.rows.push(nameOf(row));
      else open.set(what, { who: whoMustAct(fault.blame, "staff"), what, next, rows: [nameOf(row)] });
    }
  }
  return [...open.values()];
}

function keyFigures({ median, lowest, highest, possible, pending }: ClassSummary) {
  if (median === null || lowest === null || highest === null) return [];
  return [
    { label: "Median", value: `${formatPoints(median)} of ${formatPoints(possible)}` },
    { label: "Range", value: `${formatPoints(lowest)} to ${formatPoints(highest)}` },
    { label: "Pending", value: pending === 0 ? "none" : `${pending}, not in these figures` },
  ];
}

function histogram({ tenths, possible }: ClassSummary) {
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

function rowView(row: ClassRow, summary: ClassSummary) {
  const { report } = row;
  const byId = new Map(report.items.map((item) => [item.id, item]));
  const cells = summary.items.map(({ id, title }) => {
    const item = byId.get(id);
    const state = item ? itemState(item) : "none";
    const points =
      item && (state === "partial" || state === "lost" || state === "earned")
        ? `, ${formatPoints(item.earned)} of ${formatPoints(item.points)}`
        : "";
    return { state, title, words: `${STATE_WORDS[state].word}${points}` };
  });
  return {
    ...nameOf(row),
    studentPage: linkTo(row.studentPage),
    states: cells.map(({ state }) => STATE_LETTERS[state]).join(""),
    mark: markWords(report.mark).mark,
    bar: markBar(report.mark),
    pending: report.mark.pending > 0 ? `${formatPoints(report.mark.pending)} pending` : "",
    cells,
    accuracy: rowAccuracy(row),
    network: report.network && networkThumbnail(report.network),
    time: report.run ? formatDuration(report.run.wallMs) : "not run",
  };
}

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

function itemAnalysis({ items, submissions }: ClassSummary) {
  return items.map(({ id, title, points, counts, mean }, index) => {
    let x = 0;
    const parts = (["earned", "partial", "lost", "pending", "none"] as const).flatMap((state) => {
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
function whatIf(rows: readonly ClassRow[]) {
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
