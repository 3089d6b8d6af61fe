import type { InspectedLayer, Inspection } from "../../contract/index.js";
import { formatNoun } from "../format-figures.js";
import { shapeWords } from "./inspection-words.js";

/** One layer, or neighbouring layers that share their state, as a line of a list. */
export interface LayerLine {
  name: string;
  what: string;
  shape: string;
  parameters: number;
  state: LayerState;
}

export interface LayerState {
  /** Trained and frozen by the flags that count; null for layers without weights or flags. */
  side: "frozen" | "trainable" | null;
  word: string;
  /** Where the layer's own flag or the optimizer says otherwise. */
  but: string;
}

/** Parts with more layers than this are told by their runs. */
const TOLD_ONE_BY_ONE = 12;

/** The layers of one part of the network, neighbours with the same state joined where there are many. */
export function layerLines(inspection: Inspection, part: InspectedLayer["part"]): LayerLine[] {
  const own = inspection.layers.filter((layer) => layer.part === part);
  if (own.length <= TOLD_ONE_BY_ONE) return own.map((layer) => oneLayer(layer, inspection));
  const runs: InspectedLayer[][] = [];
  for (const layer of own) {
    const run = runs.at(-1);
    // A layer without weights has no state of its own.
    const weighted = run?.find(({ parameters }) => parameters > 0);
    const joins = layer.parameters === 0 || !weighted || key(weighted, inspection) === key(layer, inspection);
    if (run && joins) run.push(layer);
    else runs.push([layer]);
  }
  return runs.flatMap((run) =>
    run.length === 1 ? run.map((layer) => oneLayer(layer, inspection)) : [joined(run, inspection)],
  );
}

const key = (layer: InspectedLayer, inspection: Inspection): string =>
  JSON.stringify(layerState(layer, inspection));

function oneLayer(layer: InspectedLayer, inspection: Inspection): LayerLine {
  return {
    name: layer.name,
    what: [layer.class, ...(layer.activation && layer.units !== null ? [layer.activation] : [])].join(" "),
    shape: shapeWords(layer.outputShape),
    parameters: layer.parameters,
    state: layerState(layer, inspection),
  };
}

function joined(run: readonly InspectedLayer[], inspection: Inspection): LayerLine {
  const [first, last] = [run[0], run.at(-1)] as [InspectedLayer, InspectedLayer];
  return {
    name: `${first.name} … ${last.name}`,
    what: formatNoun(run.length, "layer"),
    shape: shapeWords(last.outputShape),
    parameters: run.reduce((sum, layer) => sum + layer.parameters, 0),
    state: layerState(run.find(({ parameters }) => parameters > 0) ?? first, inspection),
  };
}

/** What the flags say of a layer, and what contradicts them; where weights were not read, of every layer. */
export function layerState(
  { parameters, effective, trainable, trained, part }: InspectedLayer,
  { weights }: Pick<Inspection, "weights">,
): LayerState {
  if (weights.length === 0 ? part === "input" : parameters === 0) return { side: null, word: "", but: "" };
  if (effective === null) return { side: null, word: "unknown", but: "" };
  const word = effective ? "trainable" : "frozen";
  const contradictions = [
    ...(trainable !== null && trainable !== effective
      ? [`but its own flag says ${trainable ? "trainable" : "frozen"}`]
      : []),
    ...(trained !== null && trained !== effective
      ? [trained ? "but the optimizer trained it" : "but the optimizer did not train it"]
      : []),
  ];
  return { side: word, word, but: contradictions.join(", ") };
}
