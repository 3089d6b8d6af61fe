import type { LayerFacts, ModelFacts, WeightFacts } from "../contract/index.js";
import { isInput } from "./layer-classes.js";

/** One network out of one model, or out of a base and the head that was trained on its outputs. */
export interface ComposedModel extends ModelFacts {
  /** Index of the first layer of the second model; null for a single one. */
  seam: number | null;
}

/**
 * Joins models that are applied one after the other. Paths of a later model that are taken already get the prefix
 * `head/`. Loss and optimizer are those of the last model that has them.
 * @throws RangeError for an empty list.
 */
export function composeModels(models: readonly ModelFacts[]): ComposedModel {
  const [first, ...later] = models;
  if (!first) throw new RangeError("Expected at least one model.");
  return later.reduce<ComposedModel>(join, { ...first, seam: null });
}

function join(base: ComposedModel, head: ModelFacts): ComposedModel {
  const taken = new Set([
    ...base.layers.map((layer) => layer.path),
    ...base.weights.map((weight) => weight.path),
  ]);
  const clash = [...head.layers, ...head.weights].some(({ path }) => taken.has(path));
  const renamed = (path: string): string => (clash ? `head/${path}` : path);
  const bridge = base.layers.at(-1)?.path;
  const entrances = new Set(head.layers.filter((layer) => isInput(layer.class)).map((layer) => layer.path));
  const inputs = (layer: LayerFacts): string[] =>
    layer.inputs.length === 0 && bridge !== undefined
      ? [bridge]
      : layer.inputs.map((path) => (entrances.has(path) && bridge !== undefined ? bridge : renamed(path)));
  return {
    ...base,
    outputShape: head.outputShape,
    layers: [
      ...base.layers,
      ...head.layers
        .filter((layer) => !isInput(layer.class))
        .map((layer) => ({ ...layer, path: renamed(layer.path), inputs: inputs(layer) })),
    ],
    weights: [
      ...base.weights,
      ...head.weights.map(
        (weight): WeightFacts => ({ ...weight, path: renamed(weight.path), layer: renamed(weight.layer) }),
      ),
    ],
    optimizer: head.optimizer
      ? { ...head.optimizer, trained: head.optimizer.trained?.map(renamed) ?? null }
      : base.optimizer,
    loss: head.loss ?? base.loss,
    metrics: head.metrics,
    findings: [...base.findings, ...head.findings],
    seam: base.seam ?? base.layers.length,
  };
}
