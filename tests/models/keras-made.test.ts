import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { encode } from "fast-png";
import { beforeAll, describe, expect, test } from "vitest";
import type { ModelFacts, SavedModel } from "../../src/contract/index.js";
import { deriveStructure } from "../../src/facts/index.js";
import { predict, readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";

/** Where `scripts/fixtures/keras_families.py` (into `families`) and `keras_cases.py` (into `cases`) wrote. */
const MADE = process.env["FROSTLINE_KERAS_MADE"];
const MISSING =
  "FROSTLINE_KERAS_MADE names no folder made by scripts/fixtures/keras_families.py and keras_cases.py";
const ROOT = path.join(import.meta.dirname, "..", "..");

/** Their weights are called by counters or name scopes that a `.keras` file does not keep. */
const NAMELESS = new Set(["ConvNeXtTiny", "NASNetMobile"]);

interface Truth {
  files: string[];
  family?: string;
  size: number;
  layers?: number;
  last4?: { tensors: number; parameters: number };
  effective_trainable: string[];
  all_weights: [printed: string, shape: number[], sha256: string][];
  optimizer: { cls: string; lr: number; iterations: number } | null;
  predict: number[][];
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

function truthsIn(folder: string): [file: string, truth: Truth, saved: () => SavedModel][] {
  if (!MADE || !existsSync(path.join(MADE, folder))) return [];
  const manifests = readdirSync(path.join(MADE, folder)).filter((name) => name.endsWith(".json"));
  const truths = manifests.flatMap(
    (name) => JSON.parse(readFileSync(path.join(MADE, folder, name), "utf8")) as Truth[],
  );
  return truths.flatMap((truth) =>
    truth.files.map((file): [string, Truth, () => SavedModel] => {
      const read = (): Uint8Array => readFileSync(path.join(MADE, folder, file));
      return [file, truth, () => ({ main: file, files: new Map([[file, read()]]) })];
    }),
  );
}

async function factsOf(saved: SavedModel): Promise<ModelFacts> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return read.value;
}

function expectTruth(facts: ModelFacts, truth: Truth): void {
  expect(facts.weights.map(({ sha256 }) => sha256).toSorted()).toEqual(
    truth.all_weights.map(([, , sha256]) => sha256).toSorted(),
  );
  const trainable = facts.weights.filter((weight) => weight.trainable);
  expect(trainable).toHaveLength(truth.effective_trainable.length);
  if (!NAMELESS.has(truth.family ?? "")) {
    expect(trainable.map(({ printed }) => printed).toSorted()).toEqual(truth.effective_trainable.toSorted());
    const weights = facts.weights.map(({ printed, shape, sha256 }) => [printed, shape, sha256]);
    expect(weights.toSorted()).toEqual(truth.all_weights.toSorted());
  }
  expect(facts.outputShape).toEqual([null, truth.predict[0]?.length]);
  if (!truth.optimizer) return;
  expect(facts.optimizer).toMatchObject({
    class: truth.optimizer.cls,
    iterations: truth.optimizer.iterations,
  });
  expect(facts.optimizer?.learningRate).toBeCloseTo(truth.optimizer.lr, 12);
  // Plain gradient descent keeps no slots; every other optimizer names exactly what was trained.
  const trained = facts.optimizer?.trained;
  if (trained) expect(trained.toSorted()).toEqual(trainable.map(({ path: at }) => at).toSorted());
}

async function expectPredictions(saved: SavedModel, truth: Truth, scale: number): Promise<void> {
  const { size } = truth;
  const each = size * size * 3;
  const images = truth.predict.map((_, image) => {
    const data = Uint8Array.from({ length: each }, (_, i) => (image * each + i) % 251);
    return encode({ width: size, height: size, data, channels: 3 });
  });
  const preprocessing = { name: "made", scale: [scale], offset: [0], channels: "rgb" as const };
  const predicted = await predict({ sandbox, root: ROOT }, [saved], {
    images,
    imageSize: size,
    preprocessing,
  });
  if (predicted.state !== "found") throw new Error(JSON.stringify(predicted));
  const differences = truth.predict
    .flat()
    .map((value, i) => Math.abs(value - (predicted.value.values[i] ?? 9)));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
}

const families = truthsIn("families");
const cases = truthsIn("cases");

describe.runIf(families.length > 0)("every family of keras.applications", () => {
  test.each(families)("%s is read and predicts as Keras does", async (_, truth, saved) => {
    const facts = await factsOf(saved());
    expectTruth(facts, truth);
    // The smaller and larger ones of a family share its name.
    const { base, head } = deriveStructure([facts], []);
    expect(truth.family).toMatch(new RegExp(`^${base?.family ?? "none"}`));
    expect(head).toMatchObject({ pooling: "global-average", units: truth.predict[0]?.length });
    const opened = facts.weights.filter(
      ({ path: at, trainable }) => trainable && at.includes("/") && isInBase(at, facts),
    );
    const parameters = opened.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect({ tensors: opened.length, parameters }).toEqual(truth.last4);
    await expectPredictions(saved(), truth, 1);
  });
});

/** The base is the only network inside the model, so its layers have two names in their paths. */
function isInBase(weight: string, facts: ModelFacts): boolean {
  const layer = facts.weights.find(({ path: at }) => at === weight)?.layer ?? "";
  const own = facts.layers.find(({ path: at }) => at === layer);
  return own !== undefined && own.path !== own.name;
}

describe.runIf(cases.length > 0)("models of unusual make", () => {
  test.each(cases)("%s is read and predicts as Keras does", async (_, truth, saved) => {
    expectTruth(await factsOf(saved()), truth);
    await expectPredictions(saved(), truth, 1 / 250);
  });
});

test("models made by the scripts are there to be tested", (ctx) => {
  if (families.length + cases.length === 0) ctx.skip(MISSING);
});
