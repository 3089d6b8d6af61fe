import { unreadable } from "../model-problem.js";
import type { FlatCall, FlatLayer, FlatNetwork, Source } from "./flat-network.js";
import { isInput, type LayerCall, type LayerNode, type TensorRef } from "./layer-node.js";
import { networkInputs } from "./network-inputs.js";

const MAX_CALLS = 20_000;

interface Flattening {
  readonly file: string;
  readonly layers: Map<string, FlatLayer>;
  readonly calls: FlatCall[];
}

/**
 * Inlines the networks inside a network.
 * @param prefix of every path, empty or ending in `/`
 * @throws ModelProblem `model-unreadable` for layers that read what does not exist or one another, or share a path
 */
export function flattenNetwork(
  root: LayerNode,
  file: string,
  prefix = "",
  within: readonly LayerNode[] = [],
): FlatNetwork {
  const flattening: Flattening = { file, layers: new Map(), calls: [] };
  const inputs = networkInputs(root, prefix);
  // Inside a wrapper the input layers compute nothing and stand for what the wrapper reads.
  if (prefix === "")
    for (const layer of root.layers) if (isInput(layer)) addLayer(flattening, layer, prefix, [root]);
  const sources = inputs.map((_, index): Source => ({ from: "input", index }));
  const outputs = applyNetwork(flattening, root, prefix, [...within, root], sources);
  return { inputs, layers: [...flattening.layers.values()], calls: flattening.calls, outputs };
}

function addLayer(
  flattening: Flattening,
  node: LayerNode,
  prefix: string,
  within: readonly LayerNode[],
): FlatLayer {
  const path = prefix + node.name;
  const known = flattening.layers.get(path);
  if (known && known.node !== node) throw unreadable(flattening.file, `two layers are called \`${path}\``);
  const layer = known ?? { path, node, within };
  flattening.layers.set(path, layer);
  return layer;
}

/** What a call gives, by output. */
type Outputs = (output: number) => Source | undefined;

function applyNetwork(
  flattening: Flattening,
  node: LayerNode,
  prefix: string,
  within: readonly LayerNode[],
  sources: readonly Source[],
): Source[] {
  const apply = (layer: LayerNode, call: LayerCall, inputs: readonly Source[]) =>
    applyLayer(flattening, layer, prefix, within, call, inputs);
  if (!node.sequential) return applyGraph(flattening, node, prefix, sources, apply);
  let current = [...sources];
  for (const layer of node.layers) {
    if (isInput(layer)) continue;
    const output = apply(layer, plainCall(current.length), current)(0);
    current = output ? [output] : [];
  }
  return current;
}

interface WaitingCall {
  readonly layer: LayerNode;
  readonly call: LayerCall;
  readonly index: number;
}

/** Applies the calls of a graph in the order they are written, each as soon as what it reads is known. */
function applyGraph(
  flattening: Flattening,
  node: LayerNode,
  prefix: string,
  sources: readonly Source[],
  apply: (layer: LayerNode, call: LayerCall, inputs: readonly Source[]) => Outputs,
): Source[] {
  const known = new Map<string, Outputs>();
  const key = (layer: string, call: number): string => `${layer}\0${call}`;
  for (const [index, ref] of node.inputs.entries()) known.set(key(ref.layer, 0), () => sources[index]);
  const resolve = (ref: TensorRef): Source | undefined => known.get(key(ref.layer, ref.call))?.(ref.output);
  const blocked = new Map<string, WaitingCall[]>();
  const attempt = (waiting: WaitingCall): readonly WaitingCall[] => {
    const { layer, call, index } = waiting;
    const missing = call.inputs.find((ref) => !known.has(key(ref.layer, ref.call)));
    if (missing) {
      const awaited = key(missing.layer, missing.call);
      const queue = blocked.get(awaited) ?? [];
      queue.push(waiting);
      blocked.set(awaited, queue);
      return [];
    }
    const inputs = call.inputs.flatMap((ref) => resolve(ref) ?? []);
    if (inputs.length === 0 || inputs.length < call.inputs.length)
      throw unreadable(
        flattening.file,
        `the layer \`${prefix}${layer.name}\` reads an output that does not exist`,
      );
    const made = key(layer.name, index);
    known.set(made, apply(layer, call, inputs));
    const freed = blocked.get(made) ?? [];
    blocked.delete(made);
    return freed;
  };
  for (const layer of node.layers) {
    if (isInput(layer)) continue;
    const ready = layer.calls.map((call, index) => ({ layer, call, index })).reverse();
    for (let next = ready.pop(); next; next = ready.pop()) ready.push(...attempt(next).toReversed());
  }
  const [first] = [...blocked.values()].flat();
  if (first) throw unreadable(flattening.file, describeBlocked(prefix, first));
  return node.outputs.map((ref) => {
    const source = resolve(ref);
    if (source) return source;
    throw unreadable(flattening.file, `its output layer \`${prefix}${ref.layer}\` does not exist`);
  });
}

function describeBlocked(prefix: string, { layer, call }: WaitingCall): string {
  const reads = call.inputs.map((ref) => `\`${prefix}${ref.layer}\``).join(", ");
  return `the layer \`${prefix}${layer.name}\` reads ${reads}, which is never computed before it`;
}

function applyLayer(
  flattening: Flattening,
  node: LayerNode,
  prefix: string,
  within: readonly LayerNode[],
  call: LayerCall,
  inputs: readonly Source[],
): Outputs {
  if (node.kind === "network") {
    const outputs = applyNetwork(flattening, node, `${prefix}${node.name}/`, [...within, node], inputs);
    return (output) => outputs[output];
  }
  if (flattening.calls.length >= MAX_CALLS)
    throw unreadable(flattening.file, `its layers are used more than ${MAX_CALLS} times`);
  const layer = addLayer(flattening, node, prefix, within);
  const wrapped = node.kind === "wrapper" ? node.layers[0] : undefined;
  const inner =
    wrapped?.kind === "network"
      ? flattenNetwork(wrapped, flattening.file, `${layer.path}/${wrapped.name}/`, [...within, node])
      : null;
  const made: FlatCall = { layer, inputs, call, inner };
  flattening.calls.push(made);
  return (output) => ({ from: "call", call: made, output });
}

function plainCall(inputs: number): LayerCall {
  const args = Array.from({ length: inputs }, (_, tensor) => ({ tensor }));
  return { inputs: [], training: null, args, kwargs: {} };
}
