import type { Shape } from "../../contract/index.js";
import { stringAt } from "../json-access.js";
import { layerClassOf } from "../layers/index.js";
import { operationShape } from "../layers/operation-shape.js";
import type { FlatCall, FlatNetwork, Source } from "./flat-network.js";
import type { LayerNode } from "./layer-node.js";
import { operationOf } from "./operation.js";

/** Shapes of what the calls of a network give; absent or null where they cannot be told. */
export interface NetworkShapes {
  readonly calls: ReadonlyMap<FlatCall, Shape | null>;
  readonly outputs: readonly (Shape | null)[];
}

/** Follows the shapes of the inputs through the network by the rules of its layers. */
export function outputShapes(flat: FlatNetwork, inputs: readonly (Shape | null)[]): NetworkShapes {
  const calls = new Map<FlatCall, Shape | null>();
  const shapeOf = (source: Source): Shape | null =>
    source.from === "input" ? (inputs[source.index] ?? null) : (calls.get(source.call) ?? null);
  for (const call of flat.calls) {
    const shapes = call.inputs.map(shapeOf);
    const known = shapes.every((shape) => shape !== null) ? shapes : null;
    if (call.inner) {
      const inner = outputShapes(call.inner, shapes.map(withoutStep));
      for (const [innerCall, shape] of inner.calls) calls.set(innerCall, shape);
      calls.set(call, withStep(shapes[0] ?? null, inner.outputs[0] ?? null));
    } else calls.set(call, known && possibleShape(callShape(call, known)));
  }
  return { calls, outputs: flat.outputs.map(shapeOf) };
}

/** A configuration may ask for anything; what is no size is not known. */
const possibleShape = (shape: Shape | null): Shape | null =>
  shape?.map((size) => (Number.isSafeInteger(size) && Number(size) >= 0 ? size : null)) ?? null;

function callShape({ layer, call }: FlatCall, inputs: readonly Shape[]): Shape | null {
  if (layer.node.kind === "operation") return operationShape(operationOf(layer.node, call), inputs);
  return layerShape(layer.node, inputs);
}

function layerShape(node: LayerNode, inputs: readonly Shape[]): Shape | null {
  const [wrapped] = node.layers;
  if (node.kind !== "wrapper" || !wrapped) return layerClassOf(node)?.shape(inputs, node.config) ?? null;
  const [input = null] = inputs;
  if (node.class === "TimeDistributed") {
    const step = withoutStep(input);
    return step && withStep(input, layerShape(wrapped, [step]));
  }
  const one = layerShape(wrapped, inputs);
  if (node.class !== "Bidirectional" || one === null) return one;
  const units = one.at(-1) ?? null;
  return stringAt(node.config, "merge_mode") === "concat" ? [...one.slice(0, -1), units && units * 2] : one;
}

/** A wrapper applies its network to each step of a sequence: [batch, step, ...] is [batch, ...] inside. */
const withoutStep = (shape: Shape | null): Shape | null => shape && [shape[0] ?? null, ...shape.slice(2)];

const withStep = (outer: Shape | null, inner: Shape | null): Shape | null =>
  outer && inner && [outer[0] ?? null, outer[1] ?? null, ...inner.slice(1)];
