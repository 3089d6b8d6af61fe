import { type JsonObject, numberAt, objectAt, stringAt } from "../json-access.js";
import type { StoredOptimizer } from "../parsed-model.js";
import type { StoredTensor } from "../weights/stored-tensor.js";

/**
 * The optimizer of a TensorFlow.js model from its settings and its variables: `iter`, and `<weight>/m`, `<weight>/v`
 * or their like. The converter keeps no variables.
 */
export function readTfjsOptimizer(
  settings: JsonObject,
  variables: readonly StoredTensor[],
): StoredOptimizer | null {
  const name = stringAt(settings, "class_name");
  if (name === null) return null;
  const config = objectAt(settings, "config");
  const learningRate =
    numberAt(config, "learningRate") ?? numberAt(config, "learning_rate") ?? numberAt(config, "lr");
  const steps = variables.find((tensor) => tensor.name === "iter");
  const slots = variables
    .filter((tensor) => tensor !== steps)
    .map((tensor) => ({ weight: tensor.name.replace(/\/[^/]*$/, ""), shape: tensor.shape }));
  return {
    class: name,
    learningRate,
    schedule: null,
    iterations: steps?.values()[0] ?? null,
    slots: variables.length > 0 ? slots : null,
  };
}
