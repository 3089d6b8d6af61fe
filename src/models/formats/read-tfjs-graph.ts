import type { SavedModel } from "../../contract/index.js";
import { type JsonObject, listAt, objectAt, stringAt } from "../json-access.js";
import { unreadable } from "../model-problem.js";
import type { FlatCall, FlatInput, FlatLayer, Source } from "../network/flat-network.js";
import { constantBehind, type GraphNode, inOrder, isPassing, readGraphNode } from "../network/graph-node.js";
import type { LayerNode } from "../network/layer-node.js";
import type { BoundWeight, ParsedModel } from "../parsed-model.js";
import { readWeightsManifest } from "../weights/read-weights-manifest.js";
import type { StoredTensor } from "../weights/stored-tensor.js";

const MAX_NODES = 20_000;
/** What the inputs of an operation are, after the value it works on. */
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  Conv2D: ["kernel"],
  _FusedConv2D: ["kernel", "bias"],
  DepthwiseConv2dNative: ["depthwise_kernel"],
  FusedDepthwiseConv2dNative: ["depthwise_kernel", "bias"],
  MatMul: ["kernel"],
  _FusedMatMul: ["kernel", "bias"],
  BiasAdd: ["bias"],
  FusedBatchNorm: ["gamma", "beta", "moving_mean", "moving_variance"],
  FusedBatchNormV2: ["gamma", "beta", "moving_mean", "moving_variance"],
  FusedBatchNormV3: ["gamma", "beta", "moving_mean", "moving_variance"],
};

/**
 * Reads the structure and weights of a TensorFlow.js graph model: operations in place of layers, without flags.
 * @param description the parsed `model.json`
 * @throws ModelProblem `model-unreadable`
 */
export function readTfjsGraph(description: JsonObject, saved: SavedModel): ParsedModel {
  const file = saved.main;
  const nodes = listAt(objectAt(description, "modelTopology"), "node").map((node) =>
    readGraphNode(node, file),
  );
  if (nodes.length > MAX_NODES) throw unreadable(file, `it has more than ${MAX_NODES} operations`);
  const tensors = readWeightsManifest(listAt(description, "weightsManifest"), saved);
  const stored = new Map(tensors.map(({ tensor }) => [tensor.name, tensor]));
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const inputs = nodes.filter(({ op }) => op === "Placeholder");
  const sources = new Map<string, Source>(inputs.map(({ name }, index) => [name, { from: "input", index }]));
  const layers = new Map<string, FlatLayer>();
  const calls: FlatCall[] = [];
  const weights: BoundWeight[] = [];
  const claimed = new Set<StoredTensor>();
  for (const node of inOrder(nodes, byName, file)) {
    const [first] = node.inputs;
    const passed = first === undefined ? undefined : sources.get(first);
    if (isPassing(node) && passed) sources.set(node.name, passed);
    if (isPassing(node) || node.op === "Const" || node.op === "Placeholder") continue;
    const layer = { path: node.name, node: layerNode(node), within: [] };
    const call = { inputs: [], training: null, args: [], kwargs: {} };
    const made = { layer, inputs: node.inputs.flatMap((name) => sources.get(name) ?? []), call, inner: null };
    layers.set(node.name, layer);
    calls.push(made);
    sources.set(node.name, { from: "call", call: made, output: 0 });
    for (const [index, name] of node.inputs.entries()) {
      const tensor = stored.get(constantBehind(name, byName));
      if (!tensor || claimed.has(tensor)) continue;
      claimed.add(tensor);
      const slot = SLOTS[node.op]?.[index - 1] ?? `input_${index}`;
      weights.push({ layer, layerPath: node.name, slot, printed: tensor.name, tensor });
    }
  }
  const read = new Set(
    calls.flatMap(({ inputs }) => inputs.map((source) => source.from === "call" && source.call)),
  );
  const ends = calls.filter((call) => !read.has(call));
  const flatInputs = inputs.map(({ name, shape }): FlatInput => ({ path: name, shape }));
  const flat = {
    inputs: flatInputs,
    layers: [...layers.values()],
    calls,
    outputs: ends.map((call): Source => ({ from: "call", call, output: 0 })),
  };
  return {
    format: "tfjs-graph",
    runtime: "tfjs",
    writtenBy: stringAt(description, "convertedBy") ?? stringAt(description, "generatedBy"),
    network: { root: rootNode(), flat },
    weights,
    optimizer: null,
    loss: null,
    metrics: [],
    findings: [
      { code: "no-flags", layer: "", detail: "A graph model does not keep which layers were trainable." },
    ],
  };
}

const PLAIN_NODE = {
  module: null,
  custom: null,
  trainable: null,
  layers: [],
  sequential: false,
  calls: [],
  inputs: [],
  outputs: [],
} as const;

const layerNode = ({ name, op, attributes }: GraphNode): LayerNode => ({
  ...PLAIN_NODE,
  name,
  class: op,
  config: attributes,
  kind: "operation",
});

const rootNode = (): LayerNode => ({
  ...PLAIN_NODE,
  name: "graph",
  class: "GraphModel",
  config: {},
  kind: "network",
});
