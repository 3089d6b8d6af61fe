import { booleanAt, classNameOf, type JsonObject, listAt, numberAt, objectAt } from "../json-access.js";

/**
 * The learning rate that a schedule of Keras gives at a step.
 * @returns null for an unknown step or a schedule that is not known here
 */
export function scheduledRate(schedule: JsonObject, step: number | null): number | null {
  const config = objectAt(schedule, "config");
  const initial = numberAt(config, "initial_learning_rate");
  if (step === null) return null;
  switch (classNameOf(schedule)) {
    case "ExponentialDecay": {
      const rate = numberAt(config, "decay_rate");
      const passed = passedPeriods(config, step);
      return initial === null || rate === null || passed === null ? null : initial * rate ** passed;
    }
    case "InverseTimeDecay": {
      const rate = numberAt(config, "decay_rate");
      const passed = passedPeriods(config, step);
      return initial === null || rate === null || passed === null ? null : initial / (1 + rate * passed);
    }
    case "PiecewiseConstantDecay": {
      const reached = listAt(config, "boundaries").filter((boundary) => step > Number(boundary)).length;
      const value = listAt(config, "values")[reached];
      return typeof value === "number" ? value : null;
    }
    case "PolynomialDecay":
      return initial === null || booleanAt(config, "cycle") === true
        ? null
        : polynomial(config, initial, step);
    case "CosineDecay":
      return initial === null || numberAt(config, "warmup_target") !== null
        ? null
        : cosine(config, initial, step);
    default:
      return null;
  }
}

function passedPeriods(config: JsonObject, step: number): number | null {
  const period = numberAt(config, "decay_steps");
  if (period === null || period <= 0) return null;
  return booleanAt(config, "staircase") === true ? Math.floor(step / period) : step / period;
}

function polynomial(config: JsonObject, initial: number, step: number): number | null {
  const length = numberAt(config, "decay_steps");
  if (length === null || length <= 0) return null;
  const end = numberAt(config, "end_learning_rate") ?? 1e-4;
  return (initial - end) * (1 - Math.min(step, length) / length) ** (numberAt(config, "power") ?? 1) + end;
}

function cosine(config: JsonObject, initial: number, step: number): number | null {
  const length = numberAt(config, "decay_steps");
  if (length === null || length <= 0) return null;
  const floor = numberAt(config, "alpha") ?? 0;
  const wave = 0.5 * (1 + Math.cos((Math.PI * Math.min(step, length)) / length));
  return initial * ((1 - floor) * wave + floor);
}
