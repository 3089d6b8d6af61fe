import type { EvidenceWeight, LayerGroup, Structure, Weights } from "../contract/index.js";
import { isMovingStatistic } from "./layer-classes.js";

const MOST_GROUPS = 16;
const MOST_HEAD_GROUPS = 4;

type Layer = Structure["layers"][number];

interface LayerRun {
  title: string;
  part: Layer["part"];
  layers: Layer[];
}

/** Neighbouring layers as at most 16 bars of one picture, from input to output; every layer is in one. */
export function groupLayers(structure: Structure, weights: Weights): LayerGroup[] {
  const tensors = new Map<string, EvidenceWeight[]>();
  for (const tensor of weights.tensors) {
    const known = tensors.get(tensor.layer);
    if (known) known.push(tensor);
    else tensors.set(tensor.layer, [tensor]);
  }
  const described = new Map<LayerRun, LayerGroup>();
  // Joining neighbours asks for the state of each again and again.
  const describe = (run: LayerRun): LayerGroup => {
    const group = described.get(run) ?? describeRun(run, tensors, structure.runtime === "tfjs");
    described.set(run, group);
    return group;
  };
  const runs = runsOf(structure.layers, tensors);
  const head = runs.filter((run) => run.part === "head");
  const base = runs.filter((run) => run.part === "base");
  const input = runs.filter((run) => run.part === "input");
  const shownHead = head.length > MOST_HEAD_GROUPS ? [joined(head, "head", "head")] : head;
  const room = MOST_GROUPS - shownHead.length - input.length;
  return [...input, ...merged(base, room, (run) => describe(run).state), ...shownHead].map(describe);
}

const joined = (runs: readonly LayerRun[], part: Layer["part"], title: string): LayerRun => ({
  title,
  part,
  layers: runs.flatMap((run) => run.layers),
});

/** Layers of one block by their names; a layer without weights stays with the block before it. */
function runsOf(layers: readonly Layer[], tensors: ReadonlyMap<string, unknown>): LayerRun[] {
  const of = (part: Layer["part"]): Layer[] => layers.filter((layer) => layer.part === part);
  const input = of("input");
  return [
    ...(input.length > 0 ? [{ title: "input", part: "input" as const, layers: input }] : []),
    ...runsByTitle(of("base"), tensors, "base", (layer) => blockName(layer.name)),
    ...runsByTitle(of("head"), tensors, "head", (layer) => layer.name),
  ];
}

function runsByTitle(
  layers: readonly Layer[],
  tensors: ReadonlyMap<string, unknown>,
  part: "base" | "head",
  titleOf: (layer: Layer) => string,
): LayerRun[] {
  const runs: LayerRun[] = [];
  let waiting: Layer[] = [];
  for (const layer of layers) {
    const open = runs.at(-1);
    if (!tensors.has(layer.path)) {
      // In a head, pooling and dropout prepare the layer that follows.
      if (part === "base" && open) open.layers.push(layer);
      else waiting.push(layer);
      continue;
    }
    if (open?.title === titleOf(layer)) open.layers.push(...waiting, layer);
    else runs.push({ title: titleOf(layer), part, layers: [...waiting, layer] });
    waiting = [];
  }
  const open = runs.at(-1);
  if (open) open.layers.push(...waiting);
  else if (waiting.length > 0) runs.push({ title: part, part, layers: waiting });
  return runs;
}

/** `conv4_block2` of `conv4_block2_1_conv`, `block0` of `block0_dw`, `conv_3` of `conv_pw_3_relu`, `stem` of `stem_bn`. */
function blockName(name: string): string {
  const separable = /^conv_(?:pw|dw)_(\d+)/.exec(name);
  if (separable) return `conv_${separable[1]}`;
  // Names that the framework gave by counting say nothing of blocks, only of order.
  const counted = /^(?:\w*conv2d|batch_normalization)(?:_(\d+))?$/.exec(name);
  if (counted) return `conv2d_${counted[1] ?? 0}`;
  const block = /^(conv\d+_block\d+|[a-z]+_?\d+[a-z]?|[a-z]+)/i.exec(name)?.[0] ?? name;
  return /^(bn_|conv_?1(_|$)|conv1$)/i.test(name) && !block.includes("block") ? "stem" : block;
}

/** Joins neighbours, the smallest pair in the same state first, until they fit the room. */
function merged(runs: readonly LayerRun[], room: number, state: (run: LayerRun) => string): LayerRun[] {
  const result = [...runs];
  while (result.length > Math.max(1, room)) {
    const costs = result.slice(1).map((run, index) => {
      const before = result[index] as LayerRun;
      return run.layers.length + before.layers.length + (state(run) === state(before) ? 0 : 1e6);
    });
    const at = costs.indexOf(Math.min(...costs));
    const [first, second] = result.slice(at, at + 2) as [LayerRun, LayerRun];
    result.splice(
      at,
      2,
      joined([first, second], "base", `${startOf(first.title)} to ${endOf(second.title)}`),
    );
  }
  return result;
}

const startOf = (title: string): string => title.split(" to ")[0] as string;
const endOf = (title: string): string => title.split(" to ").at(-1) as string;

function describeRun(
  { title, part, layers }: LayerRun,
  tensors: ReadonlyMap<string, readonly EvidenceWeight[]>,
  tfjs: boolean,
): LayerGroup {
  const own = layers.map((layer) => tensors.get(layer.path) ?? []).filter((list) => list.length > 0);
  const trained = own.filter((list) => list.some((tensor) => isTrained(tensor, tfjs))).length;
  // What TensorFlow.js moves in a frozen layer too is neither evidence for freezing nor against it.
  const all = own.flat().filter((tensor) => !(tfjs && isDrift(tensor)));
  return {
    title,
    part,
    layers: layers.length,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    state:
      own.length === 0 ? "none" : trained === 0 ? "frozen" : trained === own.length ? "trained" : "mixed",
    tensors: all.length,
    identical: all.filter((tensor) => tensor.relation === "identical").length,
  };
}

/** By bytes where a checkpoint is known, else by the saved flag. TensorFlow.js moves statistics of frozen layers too. */
function isTrained(tensor: EvidenceWeight, tfjs: boolean): boolean {
  if (tensor.relation === "none") return tensor.trainable ?? tensor.part === "head";
  return tensor.relation !== "identical" && !(tfjs && isMovingStatistic(tensor.slot));
}

function isDrift(tensor: EvidenceWeight): boolean {
  return tensor.relation === "changed" && isMovingStatistic(tensor.slot);
}
