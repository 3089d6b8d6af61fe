import type { Json } from "../../contract/index.js";
import type { JsonObject } from "../json-access.js";

/** An output of an earlier layer: of its `call`-th use, counted from 0 in this network. */
export interface TensorRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

/** One use of a layer in a network. */
export interface LayerCall {
  readonly inputs: readonly TensorRef[];
  /** `training=` as given to the call; null where it was left to the runtime. */
  readonly training: boolean | null;
  /** Arguments of an operation, with each tensor replaced by `{"tensor": index into inputs}`. */
  readonly args: readonly Json[];
  readonly kwargs: JsonObject;
}

/** A layer as its configuration describes it, whichever framework wrote it. */
export interface LayerNode {
  readonly name: string;
  readonly class: string;
  readonly module: string | null;
  /** Name under which a class outside the framework was registered; null for the framework's own. */
  readonly custom: string | null;
  readonly config: JsonObject;
  /** Its own flag as saved; null where it was not. */
  readonly trainable: boolean | null;
  readonly kind: "layer" | "network" | "wrapper" | "operation";
  /** Layers of a network, or what a wrapper wraps. */
  readonly layers: readonly LayerNode[];
  /** A network whose layers follow one another; its layers have no calls. */
  readonly sequential: boolean;
  readonly calls: readonly LayerCall[];
  /** What a network takes and gives; empty for a sequential one. */
  readonly inputs: readonly TensorRef[];
  readonly outputs: readonly TensorRef[];
}

export const isInput = (node: LayerNode): boolean => node.class === "InputLayer";
