import type { Phase, Phases } from "../../contract/index.js";
import type { EventOf, RunnerEvent } from "./events.js";

/**
 * The timeline of training as the program's process told it: one phase a `fit`, and the steps of a loop of its own.
 * Everything here is a claim; `checks` are filled where the files are known.
 */
export function readPhases(events: readonly RunnerEvent[]): Phases {
  const fits = events.flatMap((event) => (event.ev === "fitStart" ? [phaseOf(event, events)] : []));
  const customSteps = events.reduce((sum, event) => sum + (event.ev === "customSteps" ? event.steps : 0), 0);
  return { fits, customSteps, checks: [] };
}

function phaseOf(start: EventOf<"fitStart">, events: readonly RunnerEvent[]): Phase {
  const end = events.find(
    (one): one is EventOf<"fitEnd"> => one.ev === "fitEnd" && one.fit === start.fit && !one.failed,
  );
  const epochs = events.filter((one): one is EventOf<"epoch"> => one.ev === "epoch" && one.fit === start.fit);
  const first = end?.firstRate ?? start.optimizer.learningRate;
  const last = end?.optimizer.learningRate ?? first;
  return {
    model: start.model.name,
    role: start.inputsFrom ? "head" : "whole",
    optimizer: start.optimizer.class,
    ...(start.optimizer.settings ? { optimizerSettings: start.optimizer.settings } : {}),
    learningRate: first === null || last === null ? null : { first: asWritten(first), last: asWritten(last) },
    loss: start.loss,
    fromLogits: start.fromLogits,
    metrics: start.metrics,
    recompiled: start.recompiled,
    declared: start.declared,
    // A fit that only tried one row handed nothing to an optimizer, so what it would have trained is what it declared.
    trained: end && end.stopped !== "structure" ? end.trained : start.declared,
    declaredAtCompile: start.declaredAtCompile,
    changed: end && end.stopped !== "structure" ? Object.keys(end.digests) : null,
    weights: start.weights,
    epochs: { asked: start.epochs, run: end?.epochs ?? epochs.length },
    steps: end?.steps ?? null,
    batchSize: start.batchSize,
    samples: start.samples,
    inputShape: start.inputShape,
    validation: start.validation,
    callbacks: start.callbacks,
    augmentation: start.augmentation,
    history: historyOf(epochs),
    cutShort: end?.stopped ?? null,
  };
}

/** Keras keeps a rate in 32 bits, so 1e-5 comes back as 9.999999747378752e-6. */
const asWritten = (rate: number): number => Number(rate.toPrecision(7));

/** Values by name and epoch; every kind of accuracy of the right class is called accuracy. */
function historyOf(epochs: readonly EventOf<"epoch">[]): Phase["history"] {
  const history: Phase["history"] = {};
  for (const { logs } of epochs) {
    for (const [name, value] of Object.entries(logs)) {
      if (value === null) continue;
      const plain = name.replace(
        /^(val_)?(?:acc|(?:sparse_)?categorical_accuracy|binary_accuracy)$/,
        "$1accuracy",
      );
      history[plain] ??= [];
      history[plain].push(value);
    }
  }
  return history;
}
