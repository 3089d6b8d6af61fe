import type { EventOf } from "../../events.js";
import type { ModelInternals, OptimizerInternals } from "./model-internals.js";
import { short } from "./short.js";

type OptimizerFacts = EventOf<"compile">["optimizer"];

/** Class, configuration and current learning rate of an optimizer. */
export function optimizerFacts(optimizer: OptimizerInternals | null | undefined): OptimizerFacts {
  if (optimizer === null || optimizer === undefined) return { class: "none", config: {}, learningRate: null };
  const config: OptimizerFacts["config"] = {};
  for (const [name, value] of Object.entries(optimizer.getConfig()))
    config[short(name, 100)] =
      typeof value === "number"
        ? finite(value)
        : typeof value === "boolean"
          ? value
          : value === null
            ? null
            : short(value);
  const rate = optimizer.learningRate ?? config["learningRate"];
  return {
    class: short(optimizer.getClassName(), 100),
    config,
    learningRate: typeof rate === "number" ? finite(rate) : null,
  };
}

/** Names of the losses a model was compiled with: one an output. */
export function lossNames(model: ModelInternals): string[] {
  return namesOf(model.loss);
}

export function metricNames(model: ModelInternals): string[] {
  return namesOf(model.metrics);
}

function namesOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : typeof value === "object" ? Object.values(value) : [value];
  return list.flat().slice(0, 20).map(nameOf);
}

function nameOf(value: unknown): string {
  if (typeof value === "string") return short(value, 100);
  if (typeof value === "function") return value.name === "" ? "function" : short(value.name, 100);
  return short(typeof value, 100);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
