import { cleanText, oneLine } from "../reporters/clean-text.js";
import { formatNoun, formatPoints } from "../reporters/format-figures.js";
import { fitText, textWidth, wrapText } from "../reporters/terminal/text-layout.js";
import type { Regraded } from "./regrade.js";
import type { HistoryEntry } from "./regrade-history.js";
import type { ItemMove, Mark, Move } from "./regrade-moves.js";

const NAME_LIMIT = 200;
const shown = (text: string): string => oneLine(cleanText(text, NAME_LIMIT));

/** Who moved, by how much and by which items, at most `width` columns wide. Ends without a line feed. */
export function movesText(regraded: Regraded, width: number): string {
  const { moves, rubricBefore, rubricAfter, unusable } = regraded;
  const lines = [
    rubricBefore === rubricAfter ? `Rubric ${rubricAfter}` : `Rubric ${rubricBefore} → ${rubricAfter}`,
    ...summary(regraded),
    ...(moves.moved.length > 0 ? [""] : []),
    ...moves.moved.flatMap((move) => moveLines(move, width)),
  ];
  if (unusable.length > 0) {
    const names = unusable.map(shown).join(", ");
    lines.push(
      "",
      ...wrapText(
        `${formatNoun(unusable.length, "submission")} without usable evidence, to be graded again by \`frostline grade\`: ${names}`,
        width,
      ),
    );
  }
  return lines.join("\n");
}

function summary({ moves }: Regraded): string[] {
  const { moved, submissions, up, down, rescaled, meanBefore, meanAfter } = moves;
  const kept =
    rescaled > 0
      ? [`${formatNoun(rescaled, "submission")} with the same points of another possible total.`]
      : [];
  if (moved.length === 0) return [`None of ${formatNoun(submissions, "submission")} moved.`, ...kept];
  const means =
    meanBefore === null ? "" : ` Mean ${formatPoints(meanBefore)} → ${formatPoints(meanAfter)} points.`;
  return [
    `${moved.length} of ${formatNoun(submissions, "submission")} moved: ${up} up, ${down} down.${means}`,
  ];
}

function moveLines({ name, before, after, points, items }: Move, width: number): string[] {
  const nameWidth = Math.min(30, Math.max(12, width - 50));
  const change = points > 0 ? `+${formatPoints(points)}` : points < 0 ? formatPoints(points) : "=";
  const head = `${fitText(shown(name), nameWidth)} ${fitText(change, 7)} ${markMove(before, after)}`;
  if (items.length === 0) return [head.trimEnd()];
  const why = wrapText(items.map(itemText).join(", "), width - 4);
  return [head.trimEnd(), ...why.map((line) => `    ${line}`)];
}

function markMove(before: Mark | null, after: Mark): string {
  if (before === null) return `new: ${markText(after)}`;
  const same = before.possible === after.possible && before.pending === 0 && after.pending === 0;
  return same
    ? `${formatPoints(before.earned)} → ${markText(after)}`
    : `${markText(before)} → ${markText(after)}`;
}

function markText({ earned, pending, possible }: Mark): string {
  const waiting = pending > 0 ? ` (${formatPoints(pending)} pending)` : "";
  return `${formatPoints(earned)} of ${formatPoints(possible)}${waiting}`;
}

function itemText({ id, before, after, pending }: ItemMove): string {
  if (before === null) return `${id} new: ${formatPoints(after ?? 0)}`;
  if (after === null) return `${id} gone: ${formatPoints(before)}`;
  return `${id} ${formatPoints(before)} → ${formatPoints(after)}${pending ? " (pending changed)" : ""}`;
}

/** The history of a run, oldest first. */
export function historyText(entries: readonly HistoryEntry[], width: number): string {
  if (entries.length === 0) return "This run has one rubric only; it was never judged by another.";
  const numbers = entries.map(({ number, undone }) => `${undone ? "undone " : ""}${number}`);
  const column = Math.max(...numbers.map(textWidth)) + 2;
  return entries
    .flatMap(({ note, rubric, grades }, index) => {
      const total = grades.reduce((sum, grade) => sum + grade.earned, 0) / Math.max(1, grades.length);
      const text = `until ${shown(note.at)}: rubric ${rubric.id}, ${formatNoun(grades.length, "grade")}, mean ${formatPoints(total)}. ${note.reason === null ? "No reason was given." : `Replaced because: ${shown(note.reason)}`}`;
      return wrapText(text, width - column).map(
        (line, row) => `${fitText(row === 0 ? (numbers[index] ?? "") : "", column)}${line}`,
      );
    })
    .join("\n");
}
