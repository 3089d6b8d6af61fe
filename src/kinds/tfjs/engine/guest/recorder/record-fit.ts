import * as tf from "@tensorflow/tfjs";
import type { RecorderContext } from "./context.js";
import { hook } from "./hook.js";
import { firstTensor, inputOrigin, inputStatistics } from "./inputs.js";
import { innerModel, type ModelInternals } from "./model-internals.js";
import { short } from "./short.js";
import {
  beginTraining,
  endTraining,
  type FedInputs,
  mustStop,
  type Training,
  type TrainingDetails,
} from "./training.js";
import { tryFit, tryFitDataset } from "./try-fit.js";

type Args = Record<string, unknown>;
type Fit = (this: ModelInternals, x: unknown, y: unknown, args?: Args) => Promise<unknown>;
type FitDataset = (this: ModelInternals, dataset: unknown, args?: Args) => Promise<unknown>;
type TrainFunction = (data: tf.Tensor[]) => tf.Scalar[];
type MakeTrainFunction = (this: ModelInternals) => TrainFunction;

/** Records `fit` and `fitDataset`, and stops them at the limits of the run. */
export function recordFits(context: RecorderContext): void {
  const running = new Map<ModelInternals, Training>();
  registerBatchCallback(context, running);

  const train = async (
    model: ModelInternals,
    details: TrainingDetails,
    fed: { x: unknown; y: unknown } | undefined,
    call: () => Promise<unknown>,
  ): Promise<unknown> => {
    context.closeLoop();
    const training = beginTraining(context, model, details, fed && lookAt(context, model, fed.x, fed.y));
    context.busy.training += 1;
    context.host.follow(fed === undefined);
    running.set(innerModel(model), training);
    let failed = true;
    try {
      const history = await call();
      failed = false;
      return history;
    } finally {
      running.delete(innerModel(model));
      context.busy.training -= 1;
      context.host.follow(context.busy.training === 0);
      endTraining(context, training, failed);
      context.lastTrained = model;
    }
  };

  for (const prototype of [tf.LayersModel.prototype, tf.Sequential.prototype]) {
    hook<Fit>(
      prototype,
      "fit",
      (original) =>
        async function (x, y, args = {}) {
          if (context.models.isInner(this) || this.optimizer === undefined)
            return original.call(this, x, y, args);
          context.models.noteInner(this);
          const details = {
            ...common(context, this, args),
            call: "fit" as const,
            ...validation(args, samplesOf(x)),
          };
          const sizes = { batchSize: Number(args["batchSize"] ?? 32), samples: samplesOf(x) };
          return train(this, { ...details, ...sizes }, { x, y }, async () =>
            context.settings.onlyTry ? tryFit(this, x, y, args) : original.call(this, x, y, args),
          );
        },
    );
    hook<FitDataset>(
      prototype,
      "fitDataset",
      (original) =>
        async function (dataset, args = {}) {
          if (context.models.isInner(this) || this.optimizer === undefined)
            return original.call(this, dataset, args);
          context.models.noteInner(this);
          const details = {
            ...common(context, this, args),
            call: "fitDataset" as const,
            ...validation(args, null),
          };
          return train(this, { ...details, batchSize: null, samples: null }, undefined, () =>
            context.settings.onlyTry
              ? tryFitDataset(this, dataset, args)
              : original.call(this, dataset, args),
          );
        },
    );
  }

  // The first batch of a data set is seen where it is trained on.
  hook<MakeTrainFunction>(
    tf.LayersModel.prototype,
    "makeTrainFunction",
    (original) =>
      function () {
        const trainOn = original.call(this);
        const training = running.get(this);
        if (training === undefined || training.fed !== undefined) return trainOn;
        return (data) => {
          if (training.fed === undefined) {
            training.fed = lookAt(context, training.model, data[0], data[this.inputs.length]);
            context.host.follow(false);
          }
          return trainOn(data);
        };
      },
  );
}

/** Looks at what a training is fed. */
export function lookAt(context: RecorderContext, model: ModelInternals, x: unknown, y: unknown): FedInputs {
  return {
    inputs: inputStatistics(context, x),
    inputsFrom: inputOrigin(context, x, model),
    inputShape: shapeOf(x),
    targetShape: shapeOf(y),
  };
}

/** TensorFlow.js makes one of these for every fit; it tells the training by the model it is given. */
function registerBatchCallback(
  context: RecorderContext,
  running: ReadonlyMap<ModelInternals, Training>,
): void {
  function RecorderCallback(): tf.CustomCallback {
    const callback = new tf.CustomCallback({}, "never");
    let training: Training | undefined;
    let model: ModelInternals | undefined;
    return Object.assign(callback, {
      setModel(fitted: unknown) {
        model = fitted as ModelInternals;
        training = running.get(model);
      },
      async onBatchEnd(_batch: number, logs: Record<string, unknown> = {}) {
        if (training === undefined || model === undefined) return;
        training.steps += 1;
        context.samples += Number(logs["size"]) || 0;
        if (mustStop(context, training)) model.stopTraining = true;
      },
      async onEpochEnd(epoch: number, logs: Record<string, unknown> = {}) {
        if (training === undefined) return;
        training.epochs += 1;
        context.emit({ ev: "epoch", fit: training.fit, epoch, steps: training.steps, logs: numbersOf(logs) });
        if (mustStop(context, training) && model !== undefined) model.stopTraining = true;
      },
    });
  }
  tf.registerCallbackConstructor(
    0,
    RecorderCallback as unknown as Parameters<typeof tf.registerCallbackConstructor>[1],
  );
}

function common(
  context: RecorderContext,
  model: ModelInternals,
  args: Args,
): Pick<TrainingDetails, "epochs" | "callbacks" | "recompiled"> {
  return {
    epochs: Number(args["epochs"] ?? 1) || 0,
    callbacks: callbackNames(args["callbacks"]),
    recompiled: context.compiled.delete(model),
  };
}

function validation(
  args: Args,
  samples: number | null,
): Pick<TrainingDetails, "validation" | "validationSamples"> {
  const { validationData, validationSplit } = args;
  if (validationData !== undefined && validationData !== null)
    return {
      validation: "data",
      validationSamples: Array.isArray(validationData) ? samplesOf(validationData[0]) : null,
    };
  const split = Number(validationSplit ?? 0);
  if (!(split > 0 && split < 1)) return { validation: "none", validationSamples: null };
  return {
    validation: "split",
    validationSamples: samples === null ? null : samples - Math.floor(samples * (1 - split)),
  };
}

function callbackNames(callbacks: unknown): string[] {
  if (callbacks === undefined || callbacks === null) return [];
  const list: unknown[] = Array.isArray(callbacks) ? callbacks : [callbacks];
  return list.slice(0, 20).map((callback) => {
    if (typeof callback !== "object" || callback === null) return typeof callback;
    const made = Object.getPrototypeOf(callback)?.constructor?.name;
    return made === undefined || made === "Object"
      ? short(Object.keys(callback).join("+"), 200)
      : short(made, 100);
  });
}

export function samplesOf(fed: unknown): number | null {
  return firstTensor(fed)?.shape[0] ?? null;
}

function shapeOf(fed: unknown): number[] | null {
  const tensor = firstTensor(fed);
  return tensor === undefined ? null : [...tensor.shape];
}

function numbersOf(logs: Record<string, unknown>): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(logs)) {
    const number = value instanceof tf.Tensor ? value.dataSync()[0] : value;
    if (typeof number === "number" && Number.isFinite(number)) numbers[short(name, 100)] = number;
  }
  return numbers;
}
