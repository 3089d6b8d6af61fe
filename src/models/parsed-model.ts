import type { Finding, ModelFacts } from "../contract/index.js";
import type { FlatLayer, FlatNetwork } from "./network/flat-network.js";
import type { LayerNode } from "./network/layer-node.js";
import type { StoredTensor } from "./weights/stored-tensor.js";

/** A stored tensor with the layer and slot it belongs to. */
export interface BoundWeight {
  /** Null when no layer of the network claims it. */
  readonly layer: FlatLayer | null;
  /** Path of the layer; for an unclaimed tensor, what its name says. */
  readonly layerPath: string;
  readonly slot: string;
  readonly printed: string;
  readonly tensor: StoredTensor;
}

/** A variable of the optimizer that keeps something for one weight. */
export interface OptimizerSlot {
  /** Printed name of the weight it is for; null where the file does not say. */
  readonly weight: string | null;
  readonly shape: readonly number[];
}

export interface StoredOptimizer {
  readonly class: string;
  readonly learningRate: number | null;
  readonly schedule: string | null;
  readonly iterations: number | null;
  /** Null where slots were not saved. */
  readonly slots: readonly OptimizerSlot[] | null;
}

/** What a reader makes of a file: the network, its weights and its training set-up, nothing derived yet. */
export interface ParsedModel {
  readonly format: ModelFacts["format"];
  readonly runtime: ModelFacts["runtime"];
  readonly writtenBy: string | null;
  /** Null where the file holds weights only. */
  readonly network: { readonly root: LayerNode; readonly flat: FlatNetwork } | null;
  readonly weights: readonly BoundWeight[];
  readonly optimizer: StoredOptimizer | null;
  readonly loss: ModelFacts["loss"];
  readonly metrics: readonly string[];
  readonly findings: readonly Finding[];
}
