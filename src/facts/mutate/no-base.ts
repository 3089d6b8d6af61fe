import { foundIn, withValues } from "./edit-evidence.js";
import { unrelated } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** A network of one's own from scratch, with the right outputs. */
export const noBase: Mutation = {
  id: "no-base",
  title: "there is no pretrained base, only a network of one's own",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const weights = foundIn(evidence, "weights");
    if (!structure?.base || !weights) return null;
    const tensors = weights.tensors.map((tensor) => ({ ...tensor, part: "head" as const }));
    const layers = structure.layers.map((layer) =>
      layer.part === "base" ? { ...layer, part: "head" as const } : layer,
    );
    return withValues(evidence, {
      structure: { ...structure, base: null, layers },
      weights: { ...unrelated(weights, "No pretrained base was recognised."), tensors, randomBase: null },
    });
  },
};
