import type { InspectedLayer, Inspection } from "../../contract/index.js";
import { formatCount, formatNoun } from "../format-figures.js";
import { checkpointChanges } from "./checkpoint-changes.js";
import { shapeWords, smallNumber } from "./inspection-words.js";
import { type LayerState, layerState } from "./layer-lines.js";
import { settingsWords } from "./settings-words.js";

export interface LayerRow {
  name: string;
  container: string;
  what: string;
  shape: string;
  parameters: string;
  side: "ice" | "ember" | "";
  flag: string;
  but: string;
  checkpoint: string;
  changed: boolean;
  /** The frost line lies right above this row. */
  line: boolean;
}

export interface LayerTable {
  title: string;
  /** Long tables open on demand. */
  folded: boolean;
  compared: boolean;
  columns: number;
  /** `line`: the frost line lies right above the part. */
  parts: { title: string; line: boolean; rows: LayerRow[] }[];
  /** The line lies below the last row. */
  lineBelow: boolean;
}

const SHOWN_AT_ONCE = 24;
const PARTS = { input: "Input", base: "Base", head: "Head" } as const;

/** Every layer from input to output, with the frost line among them. */
export function layerTable(inspection: Inspection): LayerTable {
  const { layers, network, weights, checkpoint } = inspection;
  const tensors = new Map<string, Inspection["weights"]>();
  for (const tensor of weights) tensors.set(tensor.layer, [...(tensors.get(tensor.layer) ?? []), tensor]);
  const ordered = (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((part) =>
    layers.filter((layer) => layer.part === part),
  );
  const drifted = new Set(checkpointChanges(inspection).drifted.map(({ layer }) => layer));
  const { frostLine, groups } = network;
  const above = frostLine
    ? groups.slice(0, frostLine.after).reduce((sum, group) => sum + group.layers, 0)
    : null;
  const rows = ordered.map((layer, index) => ({
    part: layer.part,
    row: layerRow(
      layer,
      layerState(layer, inspection),
      drifted.has(layer.path) ? DRIFTED : againstCheckpoint(tensors.get(layer.path) ?? []),
      index === above,
    ),
  }));
  return {
    title: formatNoun(layers.length, "layer"),
    folded: layers.length > SHOWN_AT_ONCE,
    compared: checkpoint !== null,
    columns: checkpoint ? 5 : 4,
    parts: Object.entries(PARTS).flatMap(([part, title]) => {
      const own = rows.filter((one) => one.part === part).map(({ row }) => row);
      const [first, ...rest] = withSides(own);
      return first ? [{ title, line: first.line, rows: [{ ...first, line: false }, ...rest] }] : [];
    }),
    lineBelow: above !== null && above === ordered.length,
  };
}

/** A layer without weights stands on the side of the one before it. */
function withSides(rows: readonly LayerRow[]): LayerRow[] {
  let side: LayerRow["side"] = "";
  return rows.map((row) => {
    if (row.flag !== "") side = row.side;
    return { ...row, side };
  });
}

function layerRow(
  layer: InspectedLayer,
  { word, side, but }: LayerState,
  compared: Pick<LayerRow, "checkpoint" | "changed">,
  line: boolean,
): LayerRow {
  const settings = settingsWords(layer);
  const container = layer.path.slice(0, Math.max(0, layer.path.length - layer.name.length));
  return {
    name: layer.name,
    container,
    what: settings ? `${layer.class} ${settings}` : layer.class,
    shape: shapeWords(layer.outputShape),
    parameters: layer.parameters > 0 ? formatCount(layer.parameters) : "",
    side: side === "frozen" ? "ice" : side === "trainable" ? "ember" : "",
    flag: word,
    but,
    ...compared,
    line,
  };
}

const DRIFTED = { checkpoint: "statistics drifted", changed: false };

function againstCheckpoint(tensors: Inspection["weights"]): Pick<LayerRow, "checkpoint" | "changed"> {
  const compared = tensors.filter(({ relation }) => relation !== "none");
  if (compared.length === 0) return { checkpoint: "", changed: false };
  const identical = compared.filter(({ relation }) => relation === "identical").length;
  if (identical === compared.length) return { checkpoint: "identical", changed: false };
  if (compared.some(({ relation }) => relation === "unrelated"))
    return { checkpoint: "nothing of it", changed: true };
  const furthest = Math.max(0, ...compared.map(({ distance }) => distance ?? 0));
  const changed = compared.length - identical;
  return {
    checkpoint: `${changed} of ${compared.length} changed, by ${smallNumber(furthest)}`,
    changed: true,
  };
}
