import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { decode } from "fast-png";
import { beforeAll, expect, test } from "vitest";
import type { Artifact, Predictions, Preprocessing } from "../../src/contract/index.js";
import { backendOf, predict, readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { REFERENCE } from "../reference.js";
import { mobilenet, mobilenetMissing } from "./mobilenet.js";
import { noiseImage } from "./noise-image.js";
import { saveWithTfjs, smallBase, withHead } from "./save-with-tfjs.js";

const ROOT = path.join(import.meta.dirname, "..", "..");
const MINUS_ONE_TO_ONE: Preprocessing = { name: "tf", scale: [1 / 127.5], offset: [-1], channels: "rgb" };
const RAW: Preprocessing = { name: "raw", scale: [1], offset: [0], channels: "rgb" };
const DAISY = 985;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

function valuesOf(predicted: Artifact<Predictions>): Float32Array {
  if (predicted.state !== "found") throw new Error(JSON.stringify(predicted));
  return predicted.value.values;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

test("the published MobileNet calls daisies daisies", async (ctx) => {
  const missing = mobilenetMissing();
  if (missing) return ctx.skip(missing);
  const folder = path.join(REFERENCE, "data", "flowers12", "test", "daisy");
  const images = readdirSync(folder)
    .slice(0, 8)
    .map((name) => readFileSync(path.join(folder, name)));
  const inputs = { images, imageSize: 224, preprocessing: MINUS_ONE_TO_ONE };
  const predicted = await predict({ sandbox, root: ROOT }, [mobilenet()], inputs);
  if (predicted.state !== "found") throw new Error(JSON.stringify(predicted));
  const { rows, outputs, values } = predicted.value;
  expect([rows, outputs]).toEqual([8, 1000]);
  const best = images.map((_, row) => {
    const scores = values.subarray(row * outputs, (row + 1) * outputs);
    return scores.indexOf(Math.max(...scores));
  });
  expect(best.filter((index) => index === DAISY).length).toBeGreaterThanOrEqual(7);
});

test("the published MobileNet is read with all its layers and weights", async (ctx) => {
  const missing = mobilenetMissing();
  if (missing) return ctx.skip(missing);
  const read = await readModel({ sandbox, root: ROOT }, mobilenet());
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  const { layers, weights, findings, outputShape } = read.value;
  expect(layers).toHaveLength(88);
  expect(layers.reduce((total, { parameters }) => total + parameters, 0)).toBe(475_544);
  expect(weights).toHaveLength(137);
  expect(outputShape).toEqual([null, 1000]);
  expect(findings).toEqual([]);
});

test("a base and a head handed in as two models are applied one after the other", async () => {
  await tf.setBackend("cpu");
  const whole = withHead(smallBase("trunk"));
  const base = whole.layers[0] as tf.LayersModel;
  const head = tf.sequential();
  head.add(tf.layers.inputLayer({ inputShape: [7, 7, 6] }));
  for (const layer of whole.layers.slice(1)) head.add(layer);
  const images = [0, 1, 2].map((seed) => noiseImage(16, seed));
  const inputs = { images, imageSize: 16, preprocessing: RAW };
  const context = { sandbox, root: ROOT };
  const joined = await predict(context, [await saveWithTfjs(whole)], inputs);
  const apart = await predict(context, [await saveWithTfjs(base), await saveWithTfjs(head)], inputs);
  const pixels = tf.tensor(
    images.flatMap((png) => [...decode(png).data]),
    [3, 16, 16, 3],
    "float32",
  );
  const expected = (whole.predict(pixels) as tf.Tensor).dataSync();
  expect(largestDifference(valuesOf(joined), expected)).toBeLessThan(1e-6);
  expect(largestDifference(valuesOf(apart), expected)).toBeLessThan(1e-6);
});

test("without the native backend, WebAssembly gives the same predictions", async (ctx) => {
  if (backendOf(ROOT) !== "tensorflow") return ctx.skip("this machine has no native backend to compare with");
  const model = await saveWithTfjs(withHead(smallBase()));
  const images = [3, 4].map((seed) => noiseImage(24, seed));
  const inputs = { images, imageSize: 16, preprocessing: RAW };
  const bare = await mkdtemp(path.join(tmpdir(), "frostline-wasm-"));
  try {
    await symlink(path.join(ROOT, "dist"), path.join(bare, "dist"));
    expect(backendOf(bare)).toBe("wasm");
    const native = valuesOf(await predict({ sandbox, root: ROOT }, [model], inputs));
    const portable = valuesOf(await predict({ sandbox, root: bare }, [model], inputs));
    expect(largestDifference(native, portable)).toBeLessThan(1e-5);
  } finally {
    await rm(bare, { recursive: true });
  }
});

test("JPEG photographs are decoded to nearly the same with and without the native backend", async (ctx) => {
  const missing = mobilenetMissing();
  if (missing) return ctx.skip(missing);
  if (backendOf(ROOT) !== "tensorflow") return ctx.skip("this machine has no native backend to compare with");
  const folder = path.join(REFERENCE, "data", "flowers12", "test", "iris");
  const images = readdirSync(folder)
    .slice(0, 4)
    .map((name) => readFileSync(path.join(folder, name)));
  const inputs = { images, imageSize: 224, preprocessing: MINUS_ONE_TO_ONE };
  const bare = await mkdtemp(path.join(tmpdir(), "frostline-wasm-"));
  try {
    await symlink(path.join(ROOT, "dist"), path.join(bare, "dist"));
    const native = valuesOf(await predict({ sandbox, root: ROOT }, [mobilenet()], inputs));
    const portable = valuesOf(await predict({ sandbox, root: bare }, [mobilenet()], inputs));
    expect(largestDifference(native, portable)).toBeLessThan(0.1);
  } finally {
    await rm(bare, { recursive: true });
  }
});

test("a model that takes no images is refused with the shape it takes", async () => {
  const flat = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [7] })] });
  const inputs = { images: [noiseImage(8, 0)], imageSize: 8, preprocessing: RAW };
  const refused = await predict({ sandbox, root: ROOT }, [await saveWithTfjs(flat)], inputs);
  expect(refused).toEqual({
    state: "failed",
    fault: {
      code: "model-input",
      blame: "submission",
      params: { found: "[batch, 7]", expected: "[batch, height, width, 3]" },
    },
  });
});

test("a setting that cannot be computed is a fault of the prediction, not of the harness", async () => {
  const saved = await saveWithTfjs(tf.sequential({ layers: [smallBase("small")] }));
  const text = new TextDecoder()
    .decode(saved.files.get("model.json"))
    .replace('"strides":[2,2]', '"strides":[0,2]');
  const broken = {
    ...saved,
    files: new Map([...saved.files, ["model.json", new TextEncoder().encode(text)]]),
  };
  const inputs = { images: [noiseImage(16, 0)], imageSize: 16, preprocessing: RAW };
  const refused = await predict({ sandbox, root: ROOT }, [broken], inputs);
  expect(refused).toMatchObject({
    state: "failed",
    fault: { code: "prediction-failed", blame: "submission" },
  });
});
