import type { ClassReport, ClassRow } from "../../contract/index.js";
import { isFinal, summariseClass } from "../class-summary.js";
import { cleanClass } from "../clean-report.js";
import { oneLine } from "../clean-text.js";
import { commonMistakes } from "../common-mistakes.js";
import { formatDuration, formatNoun, formatPoints, formatRate } from "../format-figures.js";
import { itemState, STATE_WORDS } from "../item-state.js";
import { openFaults } from "../open-faults.js";
import { markWords, stampWords } from "../report-words.js";
import { type Paint, paintFor } from "./paint.js";
import { markLine, stateInk, type TerminalStyle } from "./student-text.js";
import { fitText, labelled, textWidth, wrapText } from "./text-layout.js";

/** A class as text, in the order and the words of its page. Ends without a line feed. */
export function terminalClass(report: ClassReport, style: TerminalStyle): string {
  const cleaned = cleanClass(report);
  const width = Math.max(60, style.width);
  const paint = paintFor(style.colour);
  const { submissions, final, pending, median, possible, items } = summariseClass(cleaned);
  const lines = [paint.strong(fitText(oneLine(cleaned.assignment.title), width).trimEnd())];
  lines.push(`${formatNoun(submissions, "submission")}: ${final} final, ${pending} pending`);
  if (median !== null) lines.push(`median ${formatPoints(median)} of ${formatPoints(possible)}`);
  if (cleaned.stamp)
    lines.push("", ...labelled(cleaned.stamp, stampWords(cleaned.stamp, "staff"), width, 0).map(paint.miss));
  lines.push(...openText(cleaned.rows, paint, width));
  if (cleaned.rows.length > 0) {
    lines.push(
      "",
      ...cleaned.rows.map((row) =>
        rowText(
          row,
          items.map(({ id }) => id),
          paint,
          width,
        ),
      ),
      "",
    );
    lines.push(
      ...wrapText(`Signs in the order of the items: ${items.map(({ id }) => id).join(", ")}.`, width).map(
        paint.soft,
      ),
    );
    lines.push(paint.soft("✓ earned  ✗ lost or partly  · pending  - does not apply"));
  }
  const mistakes = commonMistakes(cleaned).slice(0, 5);
  if (mistakes.length > 0) lines.push("", paint.strong("Common mistakes"));
  for (const { title, students } of mistakes) {
    lines.push(
      `${fitText(formatNoun(students.length, "student"), 12)} ${fitText(oneLine(title), width - 13).trimEnd()}`,
    );
    const names = students.map(({ row }) => row);
    lines.push(
      ...wrapText(nameList(names), width - 13).map((line) => `${" ".repeat(13)}${paint.soft(line)}`),
    );
  }
  return lines.join("\n");
}

function openText(rows: readonly ClassRow[], paint: Paint, width: number): string[] {
  return openFaults(rows).flatMap(({ told, rows: waiting }) => [
    "",
    paint.pending(`${told.who}:`),
    ...labelled("Found", told.what, width, 2),
    ...labelled("Do", told.next, width, 2),
    ...labelled("Waiting", nameList(waiting), width, 2),
  ]);
}

/** The first names, and how many more there are: the class page has them all. */
function nameList(rows: readonly ClassRow[]): string {
  const names = rows.slice(0, NAMES).map(({ report }) => oneLine(report.submission.name));
  if (rows.length > NAMES) names.push(`and ${rows.length - NAMES} more`);
  return names.join(", ");
}

const NAMES = 8;

/** A submission on one line; where it gets narrow the bar goes first, then the time, then the accuracy. */
function rowText(row: ClassRow, itemIds: readonly string[], paint: Paint, width: number): string {
  const { report } = row;
  const signs = itemIds.map((id) => {
    const item = report.items.find((candidate) => candidate.id === id);
    const state = item ? itemState(item) : "none";
    return stateInk(state, paint)(STATE_WORDS[state].sign);
  });
  const mark = fitText(`${markWords(report.mark).mark}${isFinal(row) ? "" : " so far"}`, 18);
  const accuracy = report.accuracy
    ? formatRate(report.accuracy.heldOut.correct / report.accuracy.heldOut.n)
    : "–";
  const time = report.run ? formatDuration(report.run.wallMs) : "not run";
  let left = width - SHORTEST_NAME - textWidth(mark) - signs.length - 2;
  const take = (columns: number): boolean => {
    const fits = left >= columns;
    if (fits) left -= columns;
    return fits;
  };
  const accuracyPart = take(6) ? ` ${fitText(accuracy, 5)}` : "";
  const timePart = take(11) ? ` ${time.padStart(10)}` : "";
  const barPart = take(BAR + 1) ? ` ${markLine(report.mark, paint, BAR)}` : "";
  const name = fitText(oneLine(report.submission.name), SHORTEST_NAME + Math.max(0, left));
  return `${name}${barPart} ${mark} ${signs.join("")}${accuracyPart}${timePart}`.trimEnd();
}

const SHORTEST_NAME = 12;
const BAR = 10;
