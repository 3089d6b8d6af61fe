import type { Shape } from "../../contract/index.js";
import type { LayerCall, LayerNode } from "./layer-node.js";

/** A layer with its place: networks around it inlined, their names in its path. */
export interface FlatLayer {
  readonly path: string;
  readonly node: LayerNode;
  /** The networks and wrappers it stands in, outermost first. */
  readonly within: readonly LayerNode[];
}

/** Where a value comes from: an input of the network or an output of a call. */
export type Source =
  | { readonly from: "input"; readonly index: number }
  | { readonly from: "call"; readonly call: FlatCall; readonly output: number };

/** One use of a layer, in the order of computation. */
export interface FlatCall {
  readonly layer: FlatLayer;
  readonly inputs: readonly Source[];
  readonly call: LayerCall;
  /** The network that a wrapper applies, such as the base in TimeDistributed(base). */
  readonly inner: FlatNetwork | null;
}

export interface FlatInput {
  /** The input layer that declares it; null where the first layer does. */
  readonly path: string | null;
  readonly shape: Shape | null;
}

/** A network without networks inside it. */
export interface FlatNetwork {
  readonly inputs: readonly FlatInput[];
  readonly layers: readonly FlatLayer[];
  readonly calls: readonly FlatCall[];
  readonly outputs: readonly Source[];
}
