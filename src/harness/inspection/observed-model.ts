import type { EvidenceWeight, OptimizerFacts, Structure, Weights } from "../../contract/index.js";

/** One saved model with all that was derived from it. */
export interface ObservedModel {
  structure: Structure;
  weights: Weights;
  optimizer: OptimizerFacts | null;
}

/** Weights that are trainable by the saved flags; null where the file keeps no flags or no weights. */
export function flaggedWeights({ tensors }: Weights): EvidenceWeight[] | null {
  if (tensors.length === 0 || tensors.some((tensor) => tensor.trainable === null)) return null;
  return tensors.filter((tensor) => tensor.trainable === true);
}

/** Weights that the saved optimizer keeps slots for; null where it tells nothing. */
export function slottedWeights({ weights, optimizer }: ObservedModel): EvidenceWeight[] | null {
  if (!optimizer?.trained || optimizer.iterations === 0) return null;
  const paths = new Set(optimizer.trained);
  return weights.tensors.filter((tensor) => paths.has(tensor.path));
}
