import type { Json, ModelFacts } from "../../contract/index.js";
import { booleanAt, classNameOf, isObject, objectAt, valueAt } from "../json-access.js";
import { snakeCase } from "../snake-case.js";

/** The loss as Keras's function is called (`sparse_categorical_crossentropy`); the first where there are several. */
export function readLoss(value: Json): ModelFacts["loss"] {
  if (Array.isArray(value)) return value.map(readLoss).find((loss) => loss !== null) ?? null;
  const name = classNameOf(value);
  if (name === null) {
    const perOutput = isObject(value) ? Object.values(value) : [];
    return perOutput.map(readLoss).find((loss) => loss !== null) ?? null;
  }
  if (!isObject(value)) return { name: snakeCase(name), fromLogits: false };
  const config = objectAt(value, "config");
  const wrapped = valueAt(config, "fn");
  const known = name === "LossFunctionWrapper" ? (classNameOf(wrapped) ?? name) : name;
  return { name: snakeCase(known), fromLogits: booleanAt(config, "from_logits") ?? false };
}

/** Names of the metrics, as written. */
export function readMetrics(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(readMetrics);
  if (!isObject(value)) return [];
  const name = classNameOf(value);
  if (name === null) return Object.values(value).flatMap(readMetrics);
  const own = valueAt(objectAt(value, "config"), "name");
  return [typeof own === "string" ? own : name];
}
