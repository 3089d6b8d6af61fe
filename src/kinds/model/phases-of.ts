import type { ModelFacts, Phase, Phases, WeightFacts } from "../../contract/index.js";

/**
 * Two phases of training from the model saved after each, by bytes: what the optimizer kept slots for, its rate and
 * its steps, and which tensors differ. Epochs and data are unknown to files and are left empty.
 */
export function phasesOf(models: readonly ModelFacts[]): Phases {
  const fits = models.map((model, index) => phaseOf(model, models[index - 1] ?? null));
  return { fits, customSteps: 0, checks: [] };
}

function phaseOf(model: ModelFacts, before: ModelFacts | null): Phase {
  const { optimizer, loss } = model;
  const declared = model.weights.filter((weight) => weight.trainable === true).map(({ path }) => path);
  const rate = optimizer?.learningRate ?? null;
  const steps = optimizer?.iterations ?? null;
  return {
    model: "the saved model",
    role: "whole",
    optimizer: optimizer?.class ?? "unknown",
    learningRate: rate === null ? null : { first: rate, last: rate },
    loss: loss?.name ?? null,
    fromLogits: loss?.fromLogits ?? null,
    metrics: model.metrics,
    // A second optimizer starts counting anew only when the model was compiled again.
    recompiled: before ? isNewOptimizer(model, before) : null,
    declared,
    trained: optimizer?.trained ?? declared,
    declaredAtCompile: optimizer?.trained ?? null,
    changed: before ? changedSince(model.weights, before.weights) : null,
    weights: model.weights.map(({ path }) => path),
    epochs: { asked: 0, run: 0 },
    steps,
    batchSize: null,
    samples: null,
    inputShape: model.inputShape,
    validation: "unknown",
    callbacks: [],
    augmentation: null,
    history: {},
    cutShort: null,
  };
}

function isNewOptimizer(model: ModelFacts, before: ModelFacts): boolean | null {
  const [now, then] = [model.optimizer, before.optimizer];
  if (!now || !then || now.trained === null || then.trained === null) return null;
  const sameSet =
    now.trained.length === then.trained.length &&
    now.trained.every((path, index) => path === then.trained?.[index]);
  return !sameSet || now.class !== then.class || (now.iterations ?? 0) < (then.iterations ?? 0);
}

function changedSince(now: readonly WeightFacts[], then: readonly WeightFacts[]): string[] {
  const before = new Map(then.map(({ path, sha256 }) => [path, sha256]));
  return now.filter(({ path, sha256 }) => before.get(path) !== sha256).map(({ path }) => path);
}
