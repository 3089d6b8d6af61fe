import type { EventOf } from "../../events.js";
import type { RecorderContext } from "./context.js";
import { changedPaths, weightDigests } from "./digests.js";
import {
  innerModel,
  type LayerWeight,
  type ModelInternals,
  type OptimizerInternals,
} from "./model-internals.js";
import { lossNames, metricNames, optimizerFacts } from "./optimizer-facts.js";
import { reportTraps } from "./traps.js";

type FitStart = EventOf<"fitStart">;

/** One training of a model while it runs. */
export interface Training {
  readonly fit: number;
  readonly model: ModelInternals;
  readonly optimizer: OptimizerInternals | null | undefined;
  readonly collected: readonly string[];
  readonly declared: readonly string[];
  readonly digestsBefore: ReadonlyMap<string, string>;
  readonly startedMs: number;
  steps: number;
  epochs: number;
  stopped: "seconds" | "epochs" | "steps" | "samples" | "structure" | null;
  loss: { first: number; last: number } | null;
  /** Seen at the first batch, where it was not known at the start. */
  fed: FedInputs | undefined;
  readonly epochsAsked: number | null;
}

export type TrainingDetails = Pick<
  FitStart,
  | "call"
  | "epochs"
  | "batchSize"
  | "samples"
  | "validation"
  | "validationSamples"
  | "callbacks"
  | "recompiled"
>;

/** What a training is fed: statistics that show the preprocessing, and whether a base made it. */
export type FedInputs = Pick<FitStart, "inputs" | "inputsFrom" | "inputShape" | "targetShape">;

const NOT_SEEN: FedInputs = { inputs: null, inputsFrom: null, inputShape: null, targetShape: null };

/** Reports the start of a training and remembers what its weights were. */
export function beginTraining(
  context: RecorderContext,
  model: ModelInternals,
  details: TrainingDetails,
  fed: FedInputs | undefined,
  loop?: { optimizer: OptimizerInternals; collected: readonly LayerWeight[] },
): Training {
  const named = context.models.named(model);
  const pathsOf = (weights: readonly LayerWeight[]): string[] =>
    weights.map((weight) => named.pathOf(weight)).filter((path) => path !== undefined);
  const optimizer = loop?.optimizer ?? model.optimizer;
  const declared = pathsOf(model.trainableWeights);
  const collected = pathsOf(
    loop?.collected ?? innerModel(model).collectedTrainableWeights ?? model.trainableWeights,
  );
  const training: Training = {
    fit: context.nextFit(),
    model,
    optimizer,
    collected,
    declared,
    digestsBefore: weightDigests(context, model),
    startedMs: context.host.now(),
    steps: 0,
    epochs: 0,
    stopped: context.settings.onlyTry ? "structure" : null,
    loss: null,
    fed,
    epochsAsked: details.epochs,
  };
  context.emit({
    ev: "fitStart",
    fit: training.fit,
    model: context.models.ref(model),
    ...details,
    ...(fed ?? NOT_SEEN),
    optimizer: optimizerFacts(optimizer),
    loss: loop === undefined ? lossNames(model) : [],
    metrics: loop === undefined ? metricNames(model) : [],
    declared,
    collected,
    weights: named.weights.map(({ path }) => path),
    layers: named.layers,
  });
  return training;
}

/** Reports what a training did to the weights. */
export function endTraining(context: RecorderContext, training: Training, failed: boolean): void {
  context.origins.set(training.model, training.fed?.inputsFrom ?? null);
  const after = weightDigests(context, training.model);
  const changed = changedPaths(training.digestsBefore, after);
  context.emit({
    ev: "fitEnd",
    fit: training.fit,
    epochs: training.epochs,
    steps: training.steps,
    seconds: (context.host.now() - training.startedMs) / 1000,
    optimizer: optimizerFacts(training.optimizer),
    iterations: training.optimizer?.iterations ?? null,
    changed,
    digests: Object.fromEntries(after),
    loss: training.loss,
    inputs: training.fed?.inputs ?? null,
    inputsFrom: training.fed?.inputsFrom ?? null,
    stopped: training.stopped,
    failed,
  });
  reportTraps(context, training, changed);
}

/** Whether a training has used up the time, steps or epochs it may take; remembers which. */
export function mustStop({ host, settings, samples }: RecorderContext, training: Training): boolean {
  const { maxSteps, maxEpochs, maxSamples } = settings;
  const wanted = training.epochsAsked ?? Number.POSITIVE_INFINITY;
  if (host.timeIsUp()) training.stopped = "seconds";
  else if (settings.onlyTry) return false;
  else if (maxSteps !== undefined && training.steps >= maxSteps) training.stopped = "steps";
  else if (maxSamples !== undefined && samples >= maxSamples) training.stopped = "samples";
  else if (maxEpochs !== undefined && training.epochs >= maxEpochs && wanted > maxEpochs)
    training.stopped = "epochs";
  return training.stopped !== null;
}
