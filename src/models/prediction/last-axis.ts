import { valueAt } from "../json-access.js";
import type { LayerInputs } from "./computation.js";

/** The axis of a layer's configuration, which some writers give as a list of one; counted from the front. */
export function axisOf({ config, refuse }: LayerInputs, rank: number): number {
  const value = valueAt(config, "axis");
  const given = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (given === null || given === undefined) return rank - 1;
  return typeof given === "number" ? (given + rank) % rank : refuse("it works on several axes");
}

export function requireLastAxis(layer: LayerInputs, rank: number): void {
  if (axisOf(layer, rank) !== rank - 1) layer.refuse("its channels do not come last");
}
