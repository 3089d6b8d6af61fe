import type { LayerGroup, Network, TimelinePhase } from "../contract/index.js";
import { formatCompact, formatCount, formatNoun } from "./format-figures.js";

export interface PhaseCell {
  open: boolean;
  word: string;
  /** Groups without weights have nothing to open. */
  empty: boolean;
}

export interface NetworkRow {
  title: string;
  size: string;
  state: LayerGroup["state"];
  words: string;
  /** On which side of the frost line; empty where there is none. */
  side: "ice" | "ember" | "";
  /** Bar geometry in percent of its column, centred: all of it, and the part that is the checkpoint's. */
  bar: { x: number; width: number; iceWidth: number; emberX: number; emberWidth: number };
  cells: PhaseCell[];
  /** The line's label when the line lies right above this row. */
  line: string | null;
}

export interface PhaseHeader {
  number: number;
  title: string;
  facts: string[];
  moved: string | null;
  notes: string[];
}

export interface NetworkView {
  caption: string;
  rows: NetworkRow[];
  phases: PhaseHeader[];
  columns: number;
  /** The line's label when it lies below the last row. */
  lineBelow: string | null;
  noLine: boolean;
  total: string;
  /** What the colours and marks mean. */
  key: { ice: string; ember: string; open: string; shut: string };
}

const KEY: NetworkView["key"] = {
  ice: "frozen, as in the checkpoint",
  ember: "trained, changed",
  open: "open in a phase",
  shut: "kept frozen in a phase",
};

const GROUP_LIMIT = 40;
const PHASE_LIMIT = 5;

/** The network from input to prediction as rows of a picture, with a column for each phase of training. */
export function networkView(network: Network, timeline: readonly TimelinePhase[]): NetworkView {
  const groups = network.groups.slice(0, GROUP_LIMIT);
  const phases = timeline.slice(0, PHASE_LIMIT);
  const line = network.frostLine;
  const scale = widthScale(groups);
  const after = line?.after ?? null;
  return {
    caption: network.caption,
    rows: groups.map((group, index) => ({
      title: group.title,
      size: sizeWords(group),
      state: group.state,
      words: stateWords(group),
      side: after === null ? "" : index < after ? "ice" : "ember",
      bar: barGeometry(group, scale(group.parameters)),
      cells: phases.map(({ open }) => phaseCell(group, open.includes(index))),
      line: index === after ? (line?.proof ?? null) : null,
    })),
    phases: phases.map((phase, index) => ({ number: index + 1, ...phaseHeader(phase, phases[index - 1]) })),
    columns: 3 + phases.length,
    lineBelow: after === groups.length ? (line?.proof ?? null) : null,
    noLine: line === null,
    total: formatCompact(groups.reduce((sum, group) => sum + group.parameters, 0)),
    key: KEY,
  };
}

/** Parameters to percent of the column, on a log scale that gives the smallest group a visible bar. */
function widthScale(groups: readonly LayerGroup[]): (parameters: number) => number {
  const logs = groups
    .filter(({ parameters }) => parameters > 0)
    .map(({ parameters }) => Math.log10(parameters));
  const low = Math.min(...logs) - 0.6;
  const high = Math.max(...logs, low + 1);
  return (parameters) => (parameters > 0 ? (100 * (Math.log10(parameters) - low)) / (high - low) : 3);
}

function barGeometry(group: LayerGroup, width: number): NetworkRow["bar"] {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const x = (100 - width) / 2;
  const kept = group.tensors > 0 ? Math.min(1, Math.max(0, group.identical / group.tensors)) : 0;
  const ice = { frozen: 1, trained: 0, mixed: kept, none: 0 }[group.state];
  return {
    x: round(x),
    width: round(width),
    iceWidth: round(width * ice),
    emberX: round(x + width * ice),
    emberWidth: round(group.state === "none" ? 0 : width * (1 - ice)),
  };
}

function sizeWords(group: LayerGroup): string {
  const layers = formatNoun(group.layers, "layer");
  return group.parameters > 0
    ? `${layers}, ${formatNoun(group.parameters, "parameter")}`
    : `${layers}, no parameters`;
}

function stateWords(group: LayerGroup): string {
  if (group.state === "none") return "no weights";
  if (group.state !== "mixed") return group.state;
  return `${formatCount(group.tensors - group.identical)} of ${formatCount(group.tensors)} changed`;
}

function phaseCell(group: LayerGroup, open: boolean): PhaseCell {
  const empty = group.tensors === 0;
  return { open: open && !empty, empty, word: empty ? "no weights" : open ? "open" : "frozen" };
}

function phaseHeader(phase: TimelinePhase, before: TimelinePhase | undefined): Omit<PhaseHeader, "number"> {
  const notes: string[] = [];
  if (phase.recompiled === false) notes.push("not compiled again");
  if (phase.cutShort === "structure") notes.push("tried on one row");
  else if (phase.cutShort !== null) notes.push(`cut short by the budget of ${phase.cutShort}`);
  return {
    title: phase.title,
    facts: [
      `${phase.optimizer} ${phase.learningRate}`,
      phase.epochs === "1" ? "1 epoch" : `${phase.epochs} epochs`,
      ...(phase.samples === null ? [] : [formatNoun(phase.samples, "image")]),
    ],
    moved: before ? movedWords(before.open, phase.open) : null,
    notes,
  };
}

function movedWords(before: readonly number[], now: readonly number[]): string | null {
  const opened = now.filter((index) => !before.includes(index)).length;
  const closed = before.filter((index) => !now.includes(index)).length;
  const words: string[] = [];
  if (opened > 0) words.push(`↑ ${formatNoun(opened, "group")} opened`);
  if (closed > 0) words.push(`↓ ${formatNoun(closed, "group")} frozen`);
  return words.length > 0 ? words.join(", ") : null;
}
