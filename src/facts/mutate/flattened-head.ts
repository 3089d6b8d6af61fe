import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Feature maps flattened in place of pooled, into a dense layer of a hundred million parameters. */
const PARAMETERS = 100_000_000;

export const flattenedHead: Mutation = {
  id: "flattened-head",
  title: "the feature maps are flattened into an enormous head",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const first = structure?.layers.findIndex((layer) => layer.part === "head" && layer.parameters > 0) ?? -1;
    if (!structure || first < 0) return null;
    const layers = structure.layers.map((layer, place) =>
      place === first ? { ...layer, parameters: PARAMETERS } : layer,
    );
    const head = { ...structure.head, pooling: "flatten", parameters: PARAMETERS };
    return withValues(evidence, { structure: { ...structure, layers, head } });
  },
};
