import * as tf from "@tensorflow/tfjs";
import type { SavedModel } from "../../src/contract/index.js";

/** What `model.save('file://...')` writes, as bytes: `model.json` and `weights.bin`. */
export async function saveWithTfjs(
  model: tf.LayersModel,
  options: { includeOptimizer?: boolean; metadata?: object } = {},
): Promise<SavedModel> {
  let saved: tf.io.ModelArtifacts = {};
  if (options.metadata) model.setUserDefinedMetadata(options.metadata);
  const keep = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  });
  await model.save(keep, { includeOptimizer: options.includeOptimizer ?? false });
  const { weightData, weightSpecs = [], ...rest } = saved;
  const manifest = { ...rest, weightsManifest: [{ paths: ["weights.bin"], weights: weightSpecs }] };
  return {
    main: "model.json",
    files: new Map([
      ["model.json", new TextEncoder().encode(JSON.stringify(manifest))],
      ["weights.bin", new Uint8Array(weightData as ArrayBuffer)],
    ]),
  };
}

/** A small base: two convolutions with a BatchNormalization between them. */
export function smallBase(name = "base"): tf.LayersModel {
  const input = tf.input({ shape: [16, 16, 3] });
  const seed = { kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) };
  const first = tf.layers
    .conv2d({ ...seed, filters: 4, kernelSize: 3, name: "conv1", padding: "same" })
    .apply(input);
  const normal = tf.layers.batchNormalization({ name: "conv1_bn" }).apply(first);
  const active = tf.layers.reLU({ name: "conv1_relu" }).apply(normal);
  const second = tf.layers
    .conv2d({ ...seed, filters: 6, kernelSize: 3, strides: 2, name: "conv2" })
    .apply(active);
  return tf.model({ inputs: input, outputs: second as tf.SymbolicTensor, name });
}

/** A base under pooling and a dense head of `classes` classes. */
export function withHead(base: tf.LayersModel, classes = 3): tf.Sequential {
  const seed = { kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) };
  return tf.sequential({
    layers: [
      base,
      tf.layers.globalAveragePooling2d({ name: "pool" }),
      tf.layers.dense({ ...seed, units: 5, activation: "relu", name: "hidden" }),
      tf.layers.dense({ ...seed, units: classes, activation: "softmax", name: "classes" }),
    ],
  });
}

/** One epoch on eight images of noise. */
export async function trainBriefly(model: tf.LayersModel, classes = 3): Promise<void> {
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], "int32"), classes);
  await model.fit(tf.randomUniform([8, 16, 16, 3], 0, 1, "float32", 3), labels, {
    epochs: 1,
    batchSize: 4,
    verbose: 0,
  });
}
