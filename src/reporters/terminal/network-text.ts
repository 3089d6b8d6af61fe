import type { LayerGroup, Network, TimelinePhase } from "../../contract/index.js";
import { type NetworkRow, type NetworkView, networkView } from "../network-view.js";
import type { Paint } from "./paint.js";
import { fitText, labelled, wrapText } from "./text-layout.js";

const WORDS = 18;
const SHORTEST_TITLE = 12;
const LONGEST_BAR = 24;

/** Columns of a line: title, bar, words, and one column for each phase. */
interface Layout {
  title: number;
  bar: number;
  phase: number;
}

/** The network from input to prediction, with a column a phase: a block where it was open, a line where frozen. */
export function networkText(
  network: Network,
  timeline: readonly TimelinePhase[],
  paint: Paint,
  width: number,
): string[] {
  const view = networkView(network, timeline);
  const layout = layOut(view, width - 2);
  const lines = [...wrapText(view.caption, width - 2).map((line) => `  ${line}`), ""];
  if (view.phases.length > 0) lines.push(phaseTitles(view, layout));
  for (const row of view.rows) {
    if (row.line) lines.push(...frostLine(row.line, paint, width));
    lines.push(rowText(row, layout, paint));
  }
  if (view.lineBelow) lines.push(...frostLine(view.lineBelow, paint, width));
  if (view.noLine) lines.push("", "  There is no frost line to draw.");
  for (const { title, facts, moved, notes } of view.phases) {
    lines.push(...labelled(title, [...facts, ...(moved ? [moved] : []), ...notes].join(", "), width, 2));
  }
  return lines;
}

function layOut({ phases }: NetworkView, room: number): Layout {
  const phase = phases.length > 2 ? 4 : 9;
  const left = room - WORDS - 1 - phase * phases.length;
  const bar = Math.max(1, Math.min(LONGEST_BAR, left - SHORTEST_TITLE));
  return { bar, phase, title: Math.max(SHORTEST_TITLE, left - bar) };
}

function phaseTitles({ phases }: NetworkView, { title, bar, phase }: Layout): string {
  const titles = phases.map((one) => fitText(phase > 4 ? one.title : ` ${one.number}`, phase));
  return `  ${" ".repeat(title + bar + 1 + WORDS)}${titles.join("")}`.trimEnd();
}

function rowText(row: NetworkRow, { title, bar, phase }: Layout, paint: Paint): string {
  const pieces: [text: string, ink: (text: string) => string][] = [
    [`  ${fitText(row.title, title)}`, plain],
    ...barText(row.bar, bar, paint),
    [` ${fitText(row.words, WORDS)}`, stateInk(row.state, paint)],
    ...row.cells.map(({ open, empty }): (typeof pieces)[number] => {
      const mark = empty ? "" : open ? "██" : " │";
      return [fitText(`${phase > 4 ? "  " : ""}${mark}`, phase), open ? paint.ember : paint.ice];
    }),
  ];
  const end = pieces.findLastIndex(([text]) => text.trim() !== "");
  return pieces
    .slice(0, end + 1)
    .map(([text, ink], index) => ink(index === end ? text.trimEnd() : text))
    .join("");
}

function barText(
  geometry: NetworkRow["bar"],
  columns: number,
  paint: Paint,
): [text: string, ink: (text: string) => string][] {
  const inColumns = (percent: number): number => Math.min(columns, Math.round((percent / 100) * columns));
  const drawn = geometry.iceWidth + geometry.emberWidth;
  const total = Math.max(1, inColumns(drawn > 0 ? drawn : geometry.width));
  const left = Math.floor((columns - total) / 2);
  const ice = drawn > 0 ? Math.round((total * geometry.iceWidth) / drawn) : 0;
  const middle: [string, (text: string) => string][] =
    drawn > 0
      ? [
          ["█".repeat(ice), paint.ice],
          ["▓".repeat(total - ice), paint.ember],
        ]
      : [["·".repeat(total), paint.soft]];
  return [[" ".repeat(left), plain], ...middle, [" ".repeat(columns - total - left), plain]];
}

const plain = (text: string): string => text;

function frostLine(proof: string, paint: Paint, width: number): string[] {
  const head = "── Frost line ";
  return [
    `  ${paint.strong(head + "─".repeat(Math.max(0, width - 2 - head.length)))}`,
    ...wrapText(proof, width - 5).map((line) => `     ${line}`),
  ];
}

function stateInk(state: LayerGroup["state"], paint: Paint): (text: string) => string {
  return { frozen: paint.ice, trained: paint.ember, mixed: paint.ember, none: paint.soft }[state];
}
