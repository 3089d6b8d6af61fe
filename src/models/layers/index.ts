import type { LayerNode } from "../network/layer-node.js";
import { CONVOLUTION_CLASSES } from "./convolution-classes.js";
import type { LayerClass, LayerClasses } from "./layer-class.js";
import { PLAIN_CLASSES } from "./plain-classes.js";
import { SHAPE_CLASSES } from "./shape-classes.js";

const CLASSES: LayerClasses = { ...CONVOLUTION_CLASSES, ...SHAPE_CLASSES, ...PLAIN_CLASSES };

/** What is known of a layer's class; null for operations, wrappers and classes outside the list. */
export function layerClassOf(node: LayerNode): LayerClass | null {
  if (node.kind !== "layer" || !Object.hasOwn(CLASSES, node.class)) return null;
  return CLASSES[node.class] ?? null;
}
