import type { Report } from "../../contract/index.js";
import { type AccuracyPicture, accuracyPicture } from "../accuracy-view.js";
import { cleanReport } from "../clean-report.js";
import { oneLine } from "../clean-text.js";
import { tellFault } from "../fault-words.js";
import { formatDuration } from "../format-figures.js";
import { type ItemState, STATE_WORDS } from "../item-state.js";
import { type ItemView, itemViews } from "../item-view.js";
import { attemptWords, CHECK_WORDS, markWords, stampWords } from "../report-words.js";
import { adjustmentLines, groupLines, type SumLine } from "../sum-lines.js";
import { networkText } from "./network-text.js";
import { type Paint, paintFor } from "./paint.js";
import { fitText, labelled, spread, textWidth, wrapText } from "./text-layout.js";

export interface TerminalStyle {
  colour: boolean;
  /** Columns; at least 60 are used. */
  width: number;
}

/** One report as text, in the order and the words of its page. Ends without a line feed. */
export function terminalStudent(report: Report, style: TerminalStyle): string {
  const cleaned = cleanReport(report);
  const width = Math.max(60, style.width);
  const paint = paintFor(style.colour);
  return [
    ...headText(cleaned, paint, width),
    ...section(
      "The network",
      cleaned.network ? networkText(cleaned.network, cleaned.timeline, paint, width) : [],
      paint,
    ),
    ...section(
      "Items",
      itemViews(cleaned).flatMap((item) => itemText(item, paint, width)),
      paint,
    ),
    ...section(
      "Accuracy",
      cleaned.accuracy ? accuracyText(accuracyPicture(cleaned.accuracy), paint, width) : [],
      paint,
    ),
    ...section("What the program said, held against the files", checksText(cleaned, width), paint),
    ...section("The run", runText(cleaned, width), paint),
  ].join("\n");
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length > 0 ? ["", paint.strong(title), ...lines] : [];
}

function headText(report: Report, paint: Paint, width: number): string[] {
  const { mark, rest } = markWords(report.mark);
  const open = report.mark.pending > 0 ? " so far" : "";
  const lines = [
    paint.soft(fitText(oneLine(report.assignment.title), width).trimEnd()),
    paint.strong(spread(oneLine(report.submission.name), `${mark} points${open}`, width)),
    markLine(report.mark, paint, width),
    rest,
    ...wrapText(attemptWords(report), width),
    ...[...groupLines(report), ...adjustmentLines(report)].flatMap((line) => sumText(line, width)),
  ];
  if (report.stamp)
    lines.push(
      "",
      ...labelled(report.stamp, stampWords(report.stamp, report.audience), width, 0).map(paint.miss),
    );
  for (const fault of report.faults) {
    const { who, what, expected, next } = tellFault(fault, report.audience);
    lines.push("", paint.pending(`${who}:`));
    lines.push(
      ...labelled("Found", what, width, 2),
      ...(expected ? labelled("Expected", expected, width, 2) : []),
      ...labelled("Do", next, width, 2),
    );
  }
  return [...lines, "", ...labelled("Next", report.nextStep, width, 0).map(paint.strong)];
}

const LABEL_WIDTH = 22;

const sumText = ({ label, value, words }: SumLine, width: number): string[] =>
  wrapText(`${value} ${words}`, width - LABEL_WIDTH - 2).map(
    (line, index) => `  ${fitText(index === 0 ? oneLine(label) : "", LABEL_WIDTH)}${line}`,
  );

/** The mark as one bar: earned, pending, lost. */
export function markLine({ earned, pending, possible }: Report["mark"], paint: Paint, width: number): string {
  const columns = (points: number): number => (possible > 0 ? Math.round((points / possible) * width) : 0);
  const won = Math.min(width, columns(earned));
  const open = Math.min(width - won, columns(pending));
  return (
    paint.pass("━".repeat(won)) + paint.pending("╌".repeat(open)) + paint.soft("·".repeat(width - won - open))
  );
}

/** The sign and the word of a state, in its colour. */
export function stateInk(state: ItemState, paint: Paint): (text: string) => string {
  return {
    lost: paint.miss,
    partial: paint.miss,
    pending: paint.pending,
    earned: paint.pass,
    none: paint.soft,
  }[state];
}

function itemText(item: ItemView, paint: Paint, width: number): string[] {
  const ink = stateInk(item.state, paint);
  const right = `${item.word}  ${item.points}`;
  const head = `${ink(STATE_WORDS[item.state].sign)} ${spread(oneLine(item.title), "", width - textWidth(right) - 3)}${ink(right)}`;
  if (item.folded) return [head];
  return [
    head,
    ...labelled(item.expected ? "Found" : "Why", item.found, width, 4),
    ...(item.expected ? labelled("Expected", item.expected, width, 4) : []),
    ...(item.advice ? labelled("Do", item.advice, width, 4) : []),
    ...(item.comment ? labelled("Comment", item.comment, width, 4) : []),
    "",
  ];
}

function accuracyText(picture: AccuracyPicture, paint: Paint, width: number): string[] {
  const lines = [...wrapText(picture.sentence, width - 2).map((line) => `  ${line}`), ""];
  const columns = width < 72 ? 25 : 41;
  for (const { label, value, kind, x, interval } of picture.rows) {
    const scale = Array.from({ length: columns }, () => "·");
    const at = (percent: number): number => Math.round((percent / 100) * (columns - 1));
    if (interval) scale.fill("─", at(interval.x), at(interval.x + interval.width) + 1);
    for (const threshold of picture.thresholds) scale[at(threshold.x)] = "┃";
    scale[at(x)] = { measured: "●", claimed: "○", other: "•", baseline: "╵" }[kind];
    lines.push(`  ${fitText(label, width - columns - 10)} ${paint.soft(scale.join(""))} ${value}`);
  }
  return [
    ...lines,
    ...picture.thresholds.map(({ label }) => `  ┃ ${fitText(oneLine(label), width - 4).trimEnd()}`),
  ];
}

function checksText({ checks }: Report, width: number): string[] {
  return checks.flatMap(({ claim, against, result }) => {
    const sign = { agrees: "✓", contradicts: "✗", unchecked: "·" }[result];
    return wrapText(`${CHECK_WORDS[result]}: ${claim} / ${against}`, width - 4).map(
      (line, index) => `${index === 0 ? sign : " "} ${line}`,
    );
  });
}

function runText({ run, submission, versions }: Report, width: number): string[] {
  const facts = versions.map(({ label, value }) => `${label} ${value}`).join(", ");
  const lines = run
    ? labelled(
        "Ended",
        `${run.ended}, ${formatDuration(run.wallMs)}, ${Math.round(run.peakMemoryMb)} MB, ${run.backend}, ${run.isolation}`,
        width,
        2,
      )
    : ["  Nothing was run."];
  if (run?.output) {
    lines.push("  What the program printed (nothing in it earns points):");
    const printed = run.output.trimEnd().split("\n");
    const shown = printed.slice(-OUTPUT_LINES);
    if (shown.length < printed.length) lines.push(`  │ … ${printed.length - shown.length} lines before`);
    for (const line of shown) lines.push(`  │ ${fitText(line.replace(/\t/g, "  "), width - 4).trimEnd()}`);
  }
  return [...lines, ...labelled("Hash", submission.hash, width, 2), ...labelled("With", facts, width, 2)];
}

const OUTPUT_LINES = 12;
