import * as tf from "@tensorflow/tfjs";
import type { RecorderContext } from "./context.js";
import { hook } from "./hook.js";
import type { LayerWeight, ModelInternals, OptimizerInternals } from "./model-internals.js";
import { lookAt, samplesOf } from "./record-fit.js";
import { beginTraining, endTraining, mustStop, type Training } from "./training.js";
import { tryBatch } from "./try-fit.js";

type TrainOnBatch = (this: ModelInternals, x: unknown, y: unknown) => Promise<number | number[]>;
type Minimize = (
  this: OptimizerInternals,
  loss: () => tf.Scalar,
  returnCost?: boolean,
  variables?: tf.Variable[],
) => tf.Scalar | null;
type ApplyGradients = (
  this: OptimizerInternals,
  gradients: tf.NamedTensorMap | readonly { name: string }[],
) => void;

const OPTIMIZERS = [
  tf.SGDOptimizer,
  tf.MomentumOptimizer,
  tf.AdagradOptimizer,
  tf.AdadeltaOptimizer,
  tf.AdamOptimizer,
  tf.AdamaxOptimizer,
  tf.RMSPropOptimizer,
];

/**
 * Records training loops of the program's own: calls of `trainOnBatch`, `optimizer.minimize` or `applyGradients` that
 * follow each other with the same model, optimizer and weights count as one training.
 * @param endProgram ends a loop that is over its steps or time; nothing else can
 */
export function recordLoops(context: RecorderContext, endProgram: (why: string) => never): void {
  let open: { key: string; training: Training } | undefined;
  const optimizerIds = new Map<object, number>();
  const idOf = (optimizer: object): number => {
    const id = optimizerIds.get(optimizer) ?? optimizerIds.size;
    optimizerIds.set(optimizer, id);
    return id;
  };

  context.closeLoop = () => {
    if (open === undefined) return;
    const { training } = open;
    open = undefined;
    endTraining(context, training, false);
    context.lastTrained = training.model;
  };
  const enter = (key: string, begin: () => Training): Training => {
    if (open?.key === key) return open.training;
    context.closeLoop();
    const training = begin();
    open = { key, training };
    return training;
  };
  const step = (training: Training, loss: number | undefined): void => {
    training.steps += 1;
    if (loss !== undefined && Number.isFinite(loss))
      training.loss = { first: training.loss?.first ?? loss, last: loss };
    if (mustStop(context, training)) endProgram(training.stopped ?? "");
  };
  const quietly = <T>(action: () => T): T => {
    context.busy.training += 1;
    try {
      return action();
    } finally {
      context.busy.training -= 1;
    }
  };
  const trainOrTry = async (
    train: () => Promise<number | number[]>,
    model: ModelInternals,
    x: unknown,
    y: unknown,
  ): Promise<number | number[]> => (context.settings.onlyTry ? tryBatch(model, x, y) : train());
  const NO_FIT = {
    epochs: null,
    validation: "none",
    validationSamples: null,
    callbacks: [] as string[],
  } as const;

  for (const prototype of [tf.LayersModel.prototype, tf.Sequential.prototype]) {
    hook<TrainOnBatch>(
      prototype,
      "trainOnBatch",
      (original) =>
        async function (x, y) {
          if (context.models.isInner(this) || this.optimizer === undefined) return original.call(this, x, y);
          context.models.noteInner(this);
          const compiled = context.compiled.delete(this);
          if (compiled) context.closeLoop();
          const training = enter(`trainOnBatch ${context.models.ref(this).id}`, () => {
            const samples = samplesOf(x);
            const details = {
              ...NO_FIT,
              call: "trainOnBatch" as const,
              recompiled: compiled,
              batchSize: samples,
              samples,
            };
            return beginTraining(context, this, details, lookAt(context, this, x, y));
          });
          context.busy.training += 1;
          const result = await trainOrTry(() => original.call(this, x, y), this, x, y).finally(() => {
            context.busy.training -= 1;
          });
          context.samples += samplesOf(x) ?? 0;
          step(training, Array.isArray(result) ? result[0] : result);
          return result;
        },
    );
  }

  const ownLoop = (
    optimizer: OptimizerInternals,
    variables: readonly tf.Variable[],
  ): Training | undefined => {
    const known = modelOf(context, variables);
    if (known === undefined) return undefined;
    const { model, collected } = known;
    const key = `minimize ${context.models.ref(model).id} ${idOf(optimizer)} ${variables.map(({ id }) => id).join()}`;
    return enter(key, () => {
      const details = {
        ...NO_FIT,
        call: "minimize" as const,
        recompiled: null,
        batchSize: null,
        samples: null,
      };
      return beginTraining(context, model, details, undefined, { optimizer, collected });
    });
  };

  hook<Minimize>(
    tf.Optimizer.prototype,
    "minimize",
    (original) =>
      function (loss, returnCost = false, variables = undefined) {
        if (context.busy.training > 0) return original.call(this, loss, returnCost, variables);
        const training = ownLoop(this, variables ?? trainableVariables());
        const cost = quietly(() =>
          context.settings.onlyTry ? tf.tidy(loss) : original.call(this, loss, true, variables),
        );
        const value = cost?.dataSync()[0];
        if (!returnCost) cost?.dispose();
        if (training !== undefined) step(training, value);
        return returnCost ? cost : null;
      },
  );
  for (const { prototype } of OPTIMIZERS) {
    hook<ApplyGradients>(
      prototype,
      "applyGradients",
      (original) =>
        function (gradients) {
          if (context.busy.training > 0) return original.call(this, gradients);
          const names = Array.isArray(gradients) ? gradients.map(({ name }) => name) : Object.keys(gradients);
          const variables = trainableVariables().filter(({ name }) => names.includes(name));
          const training = ownLoop(this, variables);
          if (!context.settings.onlyTry) quietly(() => original.call(this, gradients));
          if (training !== undefined) step(training, undefined);
        },
    );
  }
}

function trainableVariables(): tf.Variable[] {
  const registered = tf.engine().state.registeredVariables as Record<string, tf.Variable>;
  return Object.values(registered).filter((variable) => variable.trainable);
}

/** The model that holds most of the variables, and those of its weights. */
function modelOf(
  { models }: RecorderContext,
  variables: readonly tf.Variable[],
): { model: ModelInternals; collected: LayerWeight[] } | undefined {
  const wanted = new Set(variables.map(({ id }) => id));
  let best: { model: ModelInternals; collected: LayerWeight[] } | undefined;
  for (const model of models.all()) {
    const collected = models
      .named(model)
      .weights.map(({ weight }) => weight)
      .filter((weight) => wanted.has(weight.read().id));
    if (collected.length > (best?.collected.length ?? 0)) best = { model, collected };
  }
  return best;
}
