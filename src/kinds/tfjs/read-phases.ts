import type { Phase, Phases } from "../../contract/index.js";
import type { EngineEvent, EventOf } from "./engine/events.js";

/**
 * The timeline of training as the program's process told it: one phase a `fit`. A loop of the program's own is
 * counted by its steps. Everything here is a claim; `checks` are filled where the files are known.
 */
export function readPhases(events: readonly EngineEvent[]): Phases {
  const fits: Phase[] = [];
  let customSteps = 0;
  for (const [index, event] of events.entries()) {
    if (event.ev !== "fitStart") continue;
    const end = events.find((one): one is EventOf<"fitEnd"> => one.ev === "fitEnd" && one.fit === event.fit);
    if (event.call === "minimize") customSteps += end?.steps ?? 0;
    else fits.push(phaseOf(event, end, events, index));
  }
  return { fits, customSteps, checks: [] };
}

function phaseOf(
  start: EventOf<"fitStart">,
  end: EventOf<"fitEnd"> | undefined,
  events: readonly EngineEvent[],
  index: number,
): Phase {
  const compile = events
    .slice(0, index)
    .findLast((one): one is EventOf<"compile"> => one.ev === "compile" && one.model.id === start.model.id);
  const epochs = events.filter((one): one is EventOf<"epoch"> => one.ev === "epoch" && one.fit === start.fit);
  const first = start.optimizer.learningRate;
  const inputsFrom = end?.inputsFrom ?? start.inputsFrom;
  return {
    model: start.model.name,
    role: inputsFrom ? "head" : "whole",
    optimizer: start.optimizer.class,
    learningRate: first === null ? null : { first, last: end?.optimizer.learningRate ?? first },
    loss: start.loss[0] ?? null,
    fromLogits: null,
    metrics: start.metrics,
    recompiled: start.recompiled,
    declared: start.declared,
    trained: start.collected,
    declaredAtCompile: compile?.declared ?? null,
    changed: end?.stopped === "structure" ? null : (end?.changed ?? null),
    weights: start.layers.flatMap((layer) => layer.weights.map((weight) => `${layer.path}/${weight}`)),
    epochs: { asked: start.epochs ?? 1, run: end?.epochs ?? epochs.length },
    steps: end?.stopped === "structure" ? 0 : (end?.steps ?? null),
    batchSize: start.batchSize,
    samples: start.samples,
    inputShape: start.inputShape,
    validation: start.validation,
    callbacks: start.callbacks,
    augmentation: null,
    history: historyOf(epochs),
    cutShort: end?.stopped ?? null,
  };
}

/** Values by name and epoch; TensorFlow.js's `acc` is called accuracy everywhere here. */
function historyOf(epochs: readonly EventOf<"epoch">[]): Phase["history"] {
  const history: Phase["history"] = {};
  for (const { logs } of epochs) {
    for (const [name, value] of Object.entries(logs)) {
      const plain = name.replace(/^(val_)?acc$/, "$1accuracy");
      history[plain] ??= [];
      history[plain].push(value);
    }
  }
  return history;
}
