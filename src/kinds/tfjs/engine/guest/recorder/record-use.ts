import * as tf from "@tensorflow/tfjs";
import type { RecorderContext } from "./context.js";
import { hook } from "./hook.js";
import { firstTensor, inputStatistics } from "./inputs.js";
import { isLayersModel, type ModelInternals } from "./model-internals.js";
import { lossNames, metricNames, optimizerFacts } from "./optimizer-facts.js";
import { samplesOf } from "./record-fit.js";

type Compile = (this: ModelInternals, args: unknown) => void;
type Predict = (this: object, x: unknown, args?: unknown) => unknown;
type Evaluate = (this: ModelInternals, x: unknown, y?: unknown, args?: unknown) => unknown;
type Make = (this: unknown, ...args: unknown[]) => unknown;

/** Records compile, predict and evaluate, and follows what predictions are used for. */
export function recordUse(context: RecorderContext, namespace: object): void {
  recordCompile(context);
  recordPredictions(context);
  recordEvaluations(context);
  // Models of a training loop of the program's own are only known by their making.
  for (const name of ["sequential", "model"])
    hook<Make>(
      namespace,
      name,
      (original) =>
        function (...args) {
          const made = original.apply(this, args);
          if (isLayersModel(made)) context.models.note(made);
          return made;
        },
    );
}

function recordCompile(context: RecorderContext): void {
  // A Sequential compiles the functional model inside it, which is made in the same call.
  let compiling = false;
  for (const prototype of [tf.LayersModel.prototype, tf.Sequential.prototype])
    hook<Compile>(
      prototype,
      "compile",
      (original) =>
        function (args) {
          if (compiling || context.models.isInner(this)) return original.call(this, args);
          context.closeLoop();
          compiling = true;
          try {
            original.call(this, args);
          } finally {
            compiling = false;
          }
          context.models.noteInner(this);
          context.compiled.add(this);
          const { layers, pathOf } = context.models.named(this);
          context.emit({
            ev: "compile",
            model: context.models.ref(this),
            optimizer: optimizerFacts(this.optimizer),
            loss: lossNames(this),
            metrics: metricNames(this),
            declared: this.trainableWeights.map(pathOf).filter((path) => path !== undefined),
            layers,
          });
        },
    );
}

function recordPredictions(context: RecorderContext): void {
  const record = (model: object, fed: unknown, output: unknown): void => {
    const graph = !isLayersModel(model);
    const ref = graph ? context.models.refGraph(model, "graph") : context.models.ref(model);
    context.predictions += 1;
    const tensor = firstTensor(output);
    if (!context.predicted.delete(ref.id))
      context.emit({
        ev: "predict",
        model: ref,
        outputShape: tensor === undefined ? null : [...tensor.shape],
        inputs: inputStatistics(context, fed),
      });
    context.predicted.add(ref.id);
    if (tensor !== undefined) context.tensors.withId(tensor, (id) => context.host.markOrigin(id, ref.id));
  };
  const around = (original: Predict): Predict =>
    function (x, args) {
      const busy = context.busy.training + context.busy.predicting > 0;
      if (busy || context.models.isInner(this)) return original.call(this, x, args);
      context.busy.predicting += 1;
      let output: unknown;
      try {
        if (isLayersModel(this)) context.models.noteInner(this);
        output = original.call(this, x, args);
      } finally {
        context.busy.predicting -= 1;
      }
      if (output instanceof Promise)
        return output.then((value) => {
          record(this, x, value);
          return value;
        });
      if (firstTensor(output) !== undefined) record(this, x, output);
      return output;
    };
  for (const prototype of [tf.LayersModel.prototype, tf.Sequential.prototype]) {
    hook(prototype, "predict", around);
    if (Object.hasOwn(prototype, "predictOnBatch")) hook(prototype, "predictOnBatch", around);
  }
  // A model can be applied to a tensor like a layer; while layers are connected it gets symbols instead.
  hook<Predict>(tf.LayersModel.prototype, "apply", (original) => {
    const recorded = around(original);
    return function (x, args) {
      return (firstTensor(x) === undefined ? original : recorded).call(this, x, args);
    };
  });
  for (const name of ["predict", "predictAsync", "execute", "executeAsync"])
    hook(tf.GraphModel.prototype, name, around);
}

function recordEvaluations(context: RecorderContext): void {
  for (const prototype of [tf.LayersModel.prototype, tf.Sequential.prototype])
    for (const name of ["evaluate", "evaluateDataset"])
      hook<Evaluate>(
        prototype,
        name,
        (original) =>
          function (x, y, args) {
            const result = original.call(this, x, y, args);
            if (context.busy.training > 0 || context.models.isInner(this)) return result;
            context.models.noteInner(this);
            const report = (value: unknown): unknown => {
              const scalars: unknown[] = Array.isArray(value) ? value : [value];
              const results = scalars.map((scalar) =>
                scalar instanceof tf.Tensor ? (scalar.dataSync()[0] ?? 0) : 0,
              );
              context.emit({
                ev: "evaluate",
                model: context.models.ref(this),
                samples: samplesOf(x),
                results: results.filter(Number.isFinite),
              });
              return value;
            };
            return result instanceof Promise ? result.then(report) : report(result);
          },
      );
}
