import type { LayerNode } from "../network/layer-node.js";
import type { LayerFunction, LayerFunctions } from "./computation.js";
import { CONVOLUTION_FUNCTIONS } from "./convolution-functions.js";
import { operation } from "./operation-functions.js";
import { PLAIN_FUNCTIONS } from "./plain-functions.js";
import { SHAPE_FUNCTIONS } from "./shape-functions.js";

const FUNCTIONS: LayerFunctions = { ...CONVOLUTION_FUNCTIONS, ...SHAPE_FUNCTIONS, ...PLAIN_FUNCTIONS };

/** What a layer computes; null when it cannot be computed here. */
export function layerFunctionOf(node: LayerNode): LayerFunction | null {
  if (node.kind === "operation") return operation;
  if (node.kind !== "layer" || !Object.hasOwn(FUNCTIONS, node.class)) return null;
  return FUNCTIONS[node.class] ?? null;
}
