import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import type { Artifact, SavedModel } from "../../src/contract/index.js";
import { baseMaps, type FeatureMaps, predict } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { noiseImage } from "./noise-image.js";
import { saveWithTfjs, smallBase, withHead } from "./save-with-tfjs.js";

/** More than one batch, which is 64 images of this size. */
const IMAGES = Array.from({ length: 100 }, (_, seed) => noiseImage(16, seed));
const INPUTS = {
  images: IMAGES,
  imageSize: 16,
  preprocessing: { name: "tf", scale: [1 / 127.5], offset: [-1], channels: "rgb" as const },
};
const CLASSES = 3;

let context: { sandbox: Sandbox; root: string };
let base: tf.LayersModel;
let maps: readonly FeatureMaps[];

beforeAll(async () => {
  await tf.setBackend("cpu");
  context = {
    sandbox: await openSandbox({ unsafe: false }),
    root: path.join(import.meta.dirname, "..", ".."),
  };
  base = smallBase();
  maps = found(await baseMaps(context, await saveWithTfjs(base), INPUTS, false));
});

function found<T>(artifact: Artifact<T>): T {
  if (artifact.state !== "found") throw new Error(JSON.stringify(artifact));
  return artifact.value;
}

async function answers(models: SavedModel[], known: readonly FeatureMaps[] = []): Promise<number[]> {
  return [...found(await predict(context, models, INPUTS, known)).values];
}

/** The maps with one value of one image changed in each. */
function spoiled(image: number): FeatureMaps[] {
  return maps.map(({ values, ...rest }) => {
    const changed = values.slice();
    changed[(image * values.length) / IMAGES.length] = 1000;
    return { ...rest, values: changed };
  });
}

/** Images whose answers differ. */
function differing(some: readonly number[], others: readonly number[]): number[] {
  const rows = some.flatMap((value, i) => (value === others[i] ? [] : [Math.floor(i / CLASSES)]));
  return [...new Set(rows)];
}

/** A copy of the base with a trained layer, under a head. */
async function withTrained(layer: string): Promise<SavedModel> {
  const copy = smallBase();
  copy.setWeights(base.getWeights());
  const [kernel, ...others] = copy.getLayer(layer).getWeights();
  if (!kernel) throw new Error(`There is no layer ${layer}.`);
  copy.getLayer(layer).setWeights([tf.mul(kernel, 1.01), ...others]);
  return saveWithTfjs(withHead(copy));
}

test("a base has maps at its end and before, each with the weights up to there", () => {
  expect(maps.map(({ shape }) => shape)).toEqual([
    [7, 7, 6],
    [16, 16, 4],
    [16, 16, 4],
  ]);
  expect(
    maps.map(
      ({ values, shape: [height = 0, width = 0, channels = 0] }) => values.length / height / width / channels,
    ),
  ).toEqual([100, 100, 100]);
  expect(new Set(maps.map(({ weights }) => weights)).size).toBe(2);
});

test("answers from maps are the same bits as those from images", async () => {
  const model = await saveWithTfjs(withHead(base));
  expect(await answers([model], maps)).toEqual(await answers([model]));
});

test("after the first batch, maps stand for the images", async () => {
  const model = await saveWithTfjs(withHead(base));
  expect(differing(await answers([model], spoiled(90)), await answers([model]))).toEqual([90]);
});

test("maps that differ from the first batch are not the network's", async () => {
  const model = await saveWithTfjs(withHead(base));
  expect(differing(await answers([model], spoiled(3)), await answers([model]))).toEqual([]);
});

test("a network whose last layer was trained starts from the maps before it", async () => {
  const model = await withTrained("conv2");
  const own = await answers([model]);
  expect(await answers([model], maps)).toEqual(own);
  expect(differing(await answers([model], spoiled(90)), own)).toEqual([90]);
  expect(differing(await answers([model], spoiled(90).slice(0, 1)), own)).toEqual([]);
});

test("a network whose first layer was trained uses none", async () => {
  const model = await withTrained("conv1");
  expect(differing(await answers([model], spoiled(90)), await answers([model]))).toEqual([]);
});

test("a layer without weights that was put before the base is noticed", async () => {
  const input = tf.input({ shape: [16, 16, 3] });
  const turned = tf.layers.permute({ dims: [2, 1, 3] }).apply(input) as tf.SymbolicTensor;
  const model = await saveWithTfjs(
    tf.model({ inputs: input, outputs: withHead(base).apply(turned) as tf.SymbolicTensor }),
  );
  expect(differing(await answers([model], spoiled(90)), await answers([model]))).toEqual([]);
});

test("a base and a head in two files start from the maps alike", async () => {
  const head = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [7, 7, 6] }),
      tf.layers.dense({ units: CLASSES, activation: "softmax" }),
    ],
  });
  const models = [await saveWithTfjs(base), await saveWithTfjs(head)];
  const own = await answers(models);
  expect(await answers(models, maps)).toEqual(own);
  expect(differing(await answers(models, spoiled(90)), own)).toEqual([90]);
});

test("a network that reads its images again behind the base is computed from images", async () => {
  const input = tf.input({ shape: [16, 16, 3] });
  const features = tf.layers.flatten().apply(base.apply(input)) as tf.SymbolicTensor;
  const pixels = tf.layers.flatten().apply(input) as tf.SymbolicTensor;
  const both = tf.layers.concatenate().apply([features, pixels]);
  const output = tf.layers.dense({ units: CLASSES, activation: "softmax" }).apply(both) as tf.SymbolicTensor;
  const model = await saveWithTfjs(tf.model({ inputs: input, outputs: output }));
  expect(differing(await answers([model], spoiled(90)), await answers([model]))).toEqual([]);
});
