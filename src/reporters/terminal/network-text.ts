import type { LayerGroup, Network, TimelinePhase } from "../../contract/index.js";
import { networkView } from "../network-view.js";
import type { Paint } from "./paint.js";
import { fitText, labelled, wrapText } from "./text-layout.js";

const BAR = 24;
const PHASE = 9;

/** The network from input to prediction, with a column a phase: `#` open, `|` frozen. */
export function networkText(
  network: Network,
  timeline: readonly TimelinePhase[],
  paint: Paint,
  width: number,
): string[] {
  const { rows, phases, noLine, caption } = networkView(network, timeline);
  const titleWidth = Math.max(12, width - 2 - BAR - 20 - PHASE * phases.length);
  const lines = wrapText(caption, width - 2).map((line) => `  ${line}`);
  lines.push("");
  if (phases.length > 0) {
    lines.push(
      `  ${fitText("", titleWidth + BAR + 19)}${phases.map(({ title }) => fitText(title, PHASE)).join("")}`.trimEnd(),
    );
  }
  for (const row of rows) {
    if (row.line) lines.push(...frostLine(row.line, paint, width));
    const cells = row.cells.map(({ open, empty }) =>
      empty
        ? fitText("", PHASE)
        : open
          ? paint.ember(fitText("  ██", PHASE))
          : paint.ice(fitText("   │", PHASE)),
    );
    const words = stateInk(row.state, paint)(fitText(row.words, 18));
    lines.push(
      `  ${fitText(row.title, titleWidth)}${bar(row.bar, paint)} ${words}${cells.join("")}`.trimEnd(),
    );
  }
  if (noLine) lines.push("", "  There is no frost line to draw.");
  for (const { title, facts, moved, notes } of phases) {
    lines.push(...labelled(title, [...facts, ...(moved ? [moved] : []), ...notes].join(", "), width, 2));
  }
  return lines;
}

function frostLine(proof: string, paint: Paint, width: number): string[] {
  const head = "── Frost line ";
  return [
    `  ${paint.strong(head + "─".repeat(Math.max(0, width - 2 - head.length)))}`,
    ...wrapText(proof, width - 5).map((line) => `     ${line}`),
  ];
}

function bar(
  geometry: { x: number; iceWidth: number; emberWidth: number; width: number },
  paint: Paint,
): string {
  const columns = (percent: number): number => Math.round((percent / 100) * BAR);
  const ice = columns(geometry.iceWidth);
  const ember = columns(geometry.emberWidth);
  const left = Math.max(0, Math.floor((BAR - Math.max(1, ice + ember)) / 2));
  const drawn = ice + ember > 0 ? paint.ice("█".repeat(ice)) + paint.ember("▓".repeat(ember)) : "·";
  return " ".repeat(left) + drawn + " ".repeat(Math.max(0, BAR - left - Math.max(1, ice + ember)));
}

function stateInk(state: LayerGroup["state"], paint: Paint): (text: string) => string {
  return { frozen: paint.ice, trained: paint.ember, mixed: paint.ember, none: paint.soft }[state];
}
