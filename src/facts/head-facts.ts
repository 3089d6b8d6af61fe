import type { EvidenceLayer, Shape, Structure } from "../contract/index.js";

const POOLINGS: readonly [RegExp, string][] = [
  [/^GlobalAveragePooling/, "global-average"],
  [/^GlobalMaxPooling/, "global-max"],
  [/^Flatten$/, "flatten"],
];

/** What stands on top of the base: its layers, how it pools, and what its last layer gives. */
export function headFacts(layers: readonly EvidenceLayer[], outputShape: Shape | null): Structure["head"] {
  const head = layers.filter((layer) => layer.part === "head");
  const pooled = head.map(poolingOf).find((pooling) => pooling !== null);
  const lastDense = head.findLast((layer) => layer.units !== null);
  return {
    layers: head.map((layer) => layer.name),
    parameters: head.reduce((sum, layer) => sum + layer.parameters, 0),
    pooling: pooled ?? null,
    units: outputShape?.at(-1) ?? lastDense?.units ?? null,
    activation: lastActivation(head),
  };
}

function poolingOf(layer: EvidenceLayer): string | null {
  if (layer.class === "Reshape" && layer.outputShape?.length === 2) return "flatten";
  return POOLINGS.find(([pattern]) => pattern.test(layer.class))?.[1] ?? null;
}

function lastActivation(head: readonly EvidenceLayer[]): string | null {
  const last = head.findLast(
    (layer) => layer.class === "Softmax" || layer.activation !== null || layer.units !== null,
  );
  if (!last) return null;
  return last.class === "Softmax" ? "softmax" : (last.activation ?? "linear");
}
