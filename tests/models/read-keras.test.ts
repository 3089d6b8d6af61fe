import path from "node:path";
import { encode } from "fast-png";
import { beforeAll, describe, expect, test } from "vitest";
import type { ModelFacts, Preprocessing } from "../../src/contract/index.js";
import { predict, readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import {
  allFixtures,
  fixturesMissing,
  type KerasFixture,
  ownFixtures,
  probePixels,
} from "./keras-fixtures.js";

const ROOT = path.join(import.meta.dirname, "..", "..");
const RAW: Preprocessing = { name: "raw", scale: [1], offset: [0], channels: "rgb" };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

async function factsOf({ file, saved }: KerasFixture): Promise<ModelFacts> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "found") throw new Error(`${file}: ${JSON.stringify(read)}`);
  return read.value;
}

function expectTruth(facts: ModelFacts, { truth }: KerasFixture): void {
  const trainable = facts.weights.filter((weight) => weight.trainable).map(({ printed }) => printed);
  expect(trainable.toSorted()).toEqual(truth.effective_trainable.toSorted());
  const weights = facts.weights.map(({ printed, shape, sha256 }) => [printed, shape, sha256]);
  expect(weights.toSorted()).toEqual(truth.all_weights.toSorted());
  const { cls, lr, iterations } = truth.optimizer;
  expect(facts.optimizer).toMatchObject({ class: cls, iterations, unmatched: [] });
  // A schedule is evaluated here in double precision, a stored rate is the same number.
  if (facts.optimizer?.schedule) expect(facts.optimizer.learningRate).toBeCloseTo(lr, 9);
  else expect(facts.optimizer?.learningRate).toBe(lr);
}

async function expectPredictions({ file, truth, saved }: KerasFixture): Promise<void> {
  const { size, images } = probePixels();
  const encoded = images.map((data) => encode({ width: size, height: size, data, channels: 3 }));
  const inputs = { images: encoded, imageSize: size, preprocessing: RAW };
  const predicted = await predict({ sandbox, root: ROOT }, [saved], inputs);
  if (predicted.state !== "found") throw new Error(`${file}: ${JSON.stringify(predicted)}`);
  const difference = truth.predict
    .flat()
    .map((value, i) => Math.abs(value - (predicted.value.values[i] ?? 0)));
  expect(predicted.value.values).toHaveLength(difference.length);
  expect(Math.max(...difference), file).toBeLessThan(1e-6);
}

describe.each(ownFixtures())("$file", (fixture) => {
  test("is read as Keras itself describes it", async () => {
    expectTruth(await factsOf(fixture), fixture);
  });

  test("predicts what Keras predicts", async () => {
    await expectPredictions(fixture);
  });
});

test("every reference fixture is read as Keras itself describes it", async (ctx) => {
  const missing = fixturesMissing();
  if (missing) return ctx.skip(missing);
  for (const fixture of allFixtures()) expectTruth(await factsOf(fixture), fixture);
}, 180_000);

test("every reference fixture predicts what Keras predicts", async (ctx) => {
  const missing = fixturesMissing();
  if (missing) return ctx.skip(missing);
  // That both formats hold the same weights and layers is tested above, so one of them is enough for each case.
  const chosen = allFixtures().filter(
    ({ file }) => file.endsWith("3.10.0.keras") || file.endsWith("3.15.1.h5"),
  );
  for (const fixture of chosen) await expectPredictions(fixture);
}, 180_000);

test("a layer frozen after the fit keeps the slots of its training", async () => {
  const fixture = ownFixtures().find(({ file }) => file.startsWith("froze-after-fit"));
  if (!fixture) throw new Error("the fixture is missing");
  const facts = await factsOf(fixture);
  expect(facts.weights.filter(({ trainable }) => trainable)).toHaveLength(4);
  expect(facts.optimizer?.trained).toHaveLength(14);
});

test("augmentation and preprocessing inside the model are layers with their settings", async () => {
  const fixture = ownFixtures().find(({ file }) => file.startsWith("augmented-schedule"));
  if (!fixture) throw new Error("the fixture is missing");
  const facts = await factsOf(fixture);
  expect(facts.layers.map(({ path: at }) => at).slice(0, 4)).toEqual([
    "input_layer_21",
    "aug/random_flip",
    "aug/random_contrast",
    "rescaling_8",
  ]);
  expect(facts.layers[3]?.settings).toMatchObject({ scale: 1 / 127.5, offset: -1 });
  expect(facts.optimizer).toMatchObject({ schedule: "ExponentialDecay" });
});
