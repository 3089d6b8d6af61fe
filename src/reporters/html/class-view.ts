import type { ClassReport } from "../../contract/index.js";
import { CLASS_STATES } from "../class-state.js";
import { type ClassSummary, summariseClass } from "../class-summary.js";
import { commonMistakes, type Mistake } from "../common-mistakes.js";
import { formatNoun, formatPoints } from "../format-figures.js";
import { openFaults } from "../open-faults.js";
import { stampWords } from "../report-words.js";
import { groupMeans, histogram, itemAnalysis, whatIf } from "./class-figures.js";
import { classRowView, nameOf } from "./class-row-view.js";

/** Everything the class page's template shows; all text is plain, the template escapes it. */
export function classView(report: ClassReport) {
  const summary = summariseClass(report);
  return {
    assignment: report.assignment,
    heading: headingWords(summary),
    stamp: report.stamp === null ? null : { name: report.stamp, words: stampWords(report.stamp, "staff") },
    faults: openFaults(report.rows).map(({ told, rows }) => ({ ...told, rows: rows.map(nameOf) })),
    empty: report.rows.length === 0,
    figures: keyFigures(summary),
    groups: groupMeans(report.rows),
    histogram: histogram(summary),
    items: summary.items.map(({ id, title, points }, index) => ({
      index,
      id,
      title,
      points: formatPoints(points),
    })),
    rows: report.rows.map((row) => classRowView(row, summary.items)),
    states: Object.entries(CLASS_STATES).map(([state, { letter, word }]) => ({ state, letter, word })),
    analysis: itemAnalysis(summary),
    mistakes: commonMistakes(report).map(mistakeView),
    whatIf: whatIf(report.rows),
    versions: report.versions,
  };
}

function mistakeView({ title, students, pointsLost }: Mistake) {
  const advices = [...new Set(students.map(({ advice }) => advice))];
  return {
    title,
    count: formatNoun(students.length, "student"),
    lost: formatNoun(Number(formatPoints(pointsLost)), "point"),
    causes: advices.map((advice) => ({
      advice,
      students: students
        .filter((student) => student.advice === advice)
        .map(({ row, found }) => ({ ...nameOf(row), found })),
    })),
  };
}

function headingWords({ submissions, final, pending }: ClassSummary): string {
  const all = formatNoun(submissions, "submission");
  return pending === 0 ? `${all}, all final` : `${all}: ${final} final, ${pending} pending`;
}

function keyFigures({ median, lowest, highest, possible, pending }: ClassSummary) {
  if (median === null || lowest === null || highest === null) return [];
  return [
    { label: "Median", value: `${formatPoints(median)} of ${formatPoints(possible)}` },
    { label: "Range", value: `${formatPoints(lowest)} to ${formatPoints(highest)}` },
    { label: "Pending", value: pending === 0 ? "none" : `${pending}, not in these figures` },
  ];
}
