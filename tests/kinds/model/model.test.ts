import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Phases, SavedModel } from "../../../src/contract/index.js";
import model from "../../../src/kinds/model/index.js";
import { saveWithTfjs, smallBase, trainBriefly, withHead } from "../../models/save-with-tfjs.js";
import { kerasJob, snapshotOf } from "../keras/run-keras.js";

/** Saved models below folders, as one submission. */
const submission = (models: Record<string, SavedModel>): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(models).flatMap(([folder, { files }]) =>
      [...files].map(([name, bytes]) => [`${folder}/${name}`, bytes]),
    ),
  );

async function handIn(files: Record<string, Uint8Array>) {
  const snapshot = snapshotOf(files);
  const recognised = model.recognise(snapshot);
  if (recognised.state !== "recognised") return recognised;
  const job = await kerasJob({ "main.py": "" });
  return model.run({ ...job, snapshot, entry: recognised.entry });
}

async function handedOver(files: Record<string, Uint8Array>) {
  const result = await handIn(files);
  if ("state" in result || result.models.state !== "found") throw new Error(JSON.stringify(result));
  return { ...result, models: result.models.value };
}

const inputOf = ({ main, files }: SavedModel): unknown =>
  JSON.parse(new TextDecoder().decode(files.get(main))).modelTopology.config.layers[0].config
    .batch_input_shape;

describe("the models of two phases", () => {
  let phases: Phases;
  let notes: readonly string[];
  beforeAll(async () => {
    await tf.setBackend("cpu");
    const base = smallBase();
    for (const layer of base.layers) layer.trainable = false;
    const whole = withHead(base);
    await trainBriefly(whole);
    const first = await saveWithTfjs(whole, { includeOptimizer: true });
    for (const layer of base.layers.slice(-1)) layer.trainable = true;
    await trainBriefly(whole);
    const second = await saveWithTfjs(whole, { includeOptimizer: true });
    const result = await handedOver(submission({ phase2: second, phase1: first }));
    if (result.phases.state !== "found") throw new Error(JSON.stringify(result.phases));
    phases = result.phases.value;
    notes = result.run.notes;
  });

  test("are taken in the order of their names, which is said", () => {
    expect(notes).toEqual([
      "phase1/model.json was taken as the model after phase 1, phase2/model.json as the final one.",
    ]);
  });

  test("tell by their bytes what changed between them", () => {
    expect(
      phases.fits.map(({ changed }) => changed?.filter((path) => path.includes("conv")) ?? null),
    ).toEqual([null, expect.arrayContaining([expect.stringContaining("conv2/kernel")])]);
    expect(phases.fits[1]?.changed?.some((path) => path.includes("conv1/"))).toBe(false);
  });

  test("tell by their optimizers what was trained, at which rate and for how many steps", () => {
    const [first, second] = phases.fits;
    const ofBase = (paths: readonly string[] = []) => paths.filter((path) => path.includes("conv"));
    expect(ofBase(first?.trained)).toEqual([]);
    expect(ofBase(second?.trained)).toHaveLength(2);
    expect([first, second]).toMatchObject([
      { optimizer: "Adam", learningRate: { first: 0.001 }, steps: 2, recompiled: null },
      { optimizer: "Adam", learningRate: { first: 0.001 }, steps: 2, recompiled: true },
    ]);
  });
});

describe("a base and a head in two files", () => {
  let base: SavedModel;
  let head: SavedModel;
  beforeAll(async () => {
    await tf.setBackend("cpu");
    base = await saveWithTfjs(smallBase());
    const [height, width, channels] = smallBase().outputShape.slice(1) as [number, number, number];
    head = await saveWithTfjs(
      tf.sequential({
        layers: [
          tf.layers.globalAveragePooling2d({ inputShape: [height, width, channels] }),
          tf.layers.dense({ units: 3, activation: "softmax" }),
        ],
      }),
    );
  });

  test.each([
    ["base", "head"],
    ["z-features", "a-classifier"],
  ])("called %s and %s are joined by what one gives and the other takes", async (first, second) => {
    const { models, phases, run } = await handedOver(submission({ [first]: base, [second]: head }));
    expect(models.map(inputOf)).toEqual([
      [null, 16, 16, 3],
      [null, 7, 7, 6],
    ]);
    expect(phases.state).toBe("absent");
    expect(run.notes).toEqual([
      `${first}/model.json was taken as the base, ${second}/model.json as the head on it.`,
    ]);
  });

  test("of other sizes are not", async () => {
    const other = await saveWithTfjs(
      tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [9] })] }),
    );
    const { models } = await handedOver(submission({ base, head: other }));
    expect(models).toHaveLength(1);
  });
});

test("three models are refused with the names, and the entry says what would do", async () => {
  const saved = await saveWithTfjs(smallBase());
  expect(await handIn(submission({ a: saved, b: saved, c: saved }))).toMatchObject({
    state: "unclear",
    fault: { code: "several-models", params: { files: "a/model.json, b/model.json, c/model.json" } },
  });
});

test("a model that cannot be read is handed over all the same, for its fault to be named by the reader", async () => {
  const saved = await saveWithTfjs(smallBase());
  const broken = { ...saved, files: new Map([...saved.files, ["weights.bin", new Uint8Array(3)]]) };
  const { models, phases } = await handedOver(submission({ phase1: saved, phase2: broken }));
  expect(models).toHaveLength(1);
  expect(phases.state).toBe("absent");
});
