import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  sampleAccuracy,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../../graders/case-evidence.js";
import { MUTANT_EFFECTS } from "../../graders/mutants.js";
import type { Evidence, SavedModel } from "../../src/contract/index.js";
import {
  FILE_MUTATIONS,
  fileSeenAnew,
  MUTATIONS,
  openLayersFile,
  writeLayersFile,
} from "../../src/facts/index.js";
import { evidenceOf } from "../judge/evidence-of.js";
import { saveWithTfjs } from "../models/save-with-tfjs.js";

const CLASSES = 3;
const evidence = evidenceOf({
  structure: sampleStructure(),
  weights: sampleWeights(),
  phases: samplePhases([samplePhase(["head"])]),
  heldOut: sampleAccuracy(150, 191),
});

/** A network with the layers of the sample evidence, trained for one step. */
async function network(useBias = true): Promise<tf.LayersModel> {
  const input = tf.input({ shape: [8, 8, 1], name: "image" });
  let at = input;
  for (const block of ["block1", "block2", "block3", "block4"]) {
    const conv = tf.layers.conv2d({ filters: 8, kernelSize: 3, padding: "same", name: `${block}_conv` });
    at = conv.apply(at) as tf.SymbolicTensor;
    at = tf.layers.batchNormalization({ name: `${block}_bn` }).apply(at) as tf.SymbolicTensor;
  }
  at = tf.layers.globalAveragePooling2d({ name: "pool" }).apply(at) as tf.SymbolicTensor;
  at = tf.layers.dense({ units: 8, name: "dense_1" }).apply(at) as tf.SymbolicTensor;
  const last = tf.layers.dense({ units: CLASSES, activation: "softmax", name: "dense_2", useBias });
  const model = tf.model({ inputs: input, outputs: last.apply(at) as tf.SymbolicTensor });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  await model.fit(
    tf.randomUniform([6, 8, 8, 1]),
    tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), CLASSES),
    {
      epochs: 1,
      verbose: 0,
    },
  );
  return model;
}

const images = tf.randomNormal([40, 8, 8, 1], 0, 1, "float32", 7);

async function loaded({ main, files }: SavedModel): Promise<tf.LayersModel> {
  const json = JSON.parse(new TextDecoder().decode(files.get(main)));
  const [group] = json.weightsManifest;
  return tf.loadLayersModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: group.weights,
      weightData: (files.get("weights.bin") as Uint8Array).slice().buffer,
    }),
  });
}

const answersOf = async (model: SavedModel, pixels: tf.Tensor = images): Promise<number[][]> =>
  ((await loaded(model)).predict(pixels) as tf.Tensor2D).array();

const best = (row: readonly number[]): number => row.indexOf(Math.max(...row));

const rounded = (rows: readonly number[][]): string[] => rows.flat().map((value) => value.toFixed(4));

/** Names of the weights whose bytes differ. */
function changedWeights(before: SavedModel, after: SavedModel): string[] {
  const now = new Map(openLayersFile(after).weights.map((weight) => [weight.name, weight]));
  return openLayersFile(before)
    .weights.filter(({ name, bytes }) => Buffer.compare(bytes, now.get(name)?.bytes ?? bytes) !== 0)
    .map(({ name }) => name);
}

describe("mistakes put into the bytes of a saved model", () => {
  let right: SavedModel;
  beforeAll(async () => {
    await tf.setBackend("cpu");
    right = await saveWithTfjs(await network(), { includeOptimizer: true });
  });

  const mutant = (id: string, model = right, known: Evidence = evidence): SavedModel | null => {
    const made = FILE_MUTATIONS.find((one) => one.id === id)?.apply(openLayersFile(model), known);
    return made ? writeLayersFile(made) : null;
  };
  const made = (id: string): SavedModel => {
    const model = mutant(id);
    if (!model) throw new Error(`${id} cannot be made`);
    return model;
  };
  const description = (model: SavedModel) => openLayersFile(model).description;

  it("are each a mistake that evidence can have too, with a known effect", () => {
    const known = new Set(MUTATIONS.map(({ id }) => id));
    for (const { id } of FILE_MUTATIONS)
      expect([id, known.has(id), id in MUTANT_EFFECTS]).toEqual([id, true, true]);
  });

  it("leave a file that is taken apart and written again the same network", async () => {
    const again = writeLayersFile(openLayersFile(right));
    expect(changedWeights(right, again)).toEqual([]);
    expect(await answersOf(again)).toEqual(await answersOf(right));
  });

  it("turn one bit of one weight of the closed base, and nothing else", () => {
    const after = made("moved-behind-the-record");
    expect(changedWeights(right, after)).toEqual(["block1_conv/kernel"]);
    const [then, now] = [right, after].map(({ files }) => files.get("weights.bin") as Uint8Array);
    const turned = [...(then ?? [])]
      .map((byte, place) => byte ^ (now?.[place] ?? 0))
      .filter((bits) => bits > 0);
    expect(turned).toEqual([1]);
  });

  it("give the base, or the head, what its layers are created with", () => {
    expect(changedWeights(right, made("random-base")).every((name) => name.startsWith("block"))).toBe(true);
    expect(changedWeights(right, made("random-base"))).toContain("block4_bn/moving_mean");
    expect(changedWeights(right, made("head-not-trained"))).toEqual([
      "dense_1/kernel",
      "dense_1/bias",
      "dense_2/kernel",
      "dense_2/bias",
    ]);
    const kernel = openLayersFile(made("random-base")).weights.find(
      ({ name }) => name === "block2_conv/kernel",
    );
    const values = new Float32Array((kernel?.bytes ?? new Uint8Array()).slice().buffer);
    // Glorot: a deviation of sqrt(2 / (inputs + outputs)), each times the window of nine.
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(deviation).toBeCloseTo(Math.sqrt(2 / (9 * 16)), 2);
  });

  it("raise the saved rate and replace the saved loss, and touch no weight", () => {
    const rate = made("learning-rate-x100");
    expect(description(rate).trainingConfig?.optimizer_config.config.learningRate).toBeCloseTo(0.1, 6);
    expect(description(made("wrong-loss")).trainingConfig?.loss).toBe("mean_squared_error");
    expect([rate, made("wrong-loss")].flatMap((after) => changedWeights(right, after))).toEqual([]);
  });

  it("add an output to the last layer and to what its optimizer kept of it", async () => {
    const after = made("wrong-units");
    const widths = openLayersFile(after)
      .weights.filter(({ name }) => name.startsWith("dense_2/"))
      .map(({ shape }) => shape.at(-1));
    expect(widths).toEqual(Array(6).fill(CLASSES + 1));
    const [before, answers] = [await answersOf(right), await answersOf(after)];
    expect(answers.map(({ length }) => length)).toEqual(Array(40).fill(CLASSES + 1));
    const kept = answers.map((row) => best(row.slice(0, CLASSES)));
    expect(kept).toEqual(before.map(best));
  });

  it("divide pixels by 255 behind the input, so that the answers are those to darker images", async () => {
    const darker = await answersOf(made("scaled-twice"), images.mul(255));
    expect(rounded(darker)).toEqual(rounded(await answersOf(right)));
  });

  it("let the outputs stand for other classes, or one of them for all or for none", async () => {
    const before = await answersOf(right);
    const turned = await answersOf(made("shuffled-labels"));
    expect(rounded(turned)).toEqual(rounded(before.map(([a = 0, b = 0, c = 0]) => [b, c, a])));
    const totals = (
      evidence.items.heldOut.state === "found" ? evidence.items.heldOut.value.confusion : []
    ).map((row) => row.reduce((sum, count) => sum + count, 0));
    const always = totals.indexOf(Math.max(...totals));
    const never = totals.indexOf(Math.min(...totals));
    expect((await answersOf(made("constant-answer"))).map(best)).toEqual(Array(40).fill(always));
    expect((await answersOf(made("one-class-missed"))).map(best)).not.toContain(never);
  });

  it("are left out where the file cannot have them", async () => {
    const unknown = evidenceOf({});
    const unfit = FILE_MUTATIONS.filter(({ id }) => mutant(id, right, unknown) === null).map(({ id }) => id);
    const everywhere = ["learning-rate-x100", "wrong-loss", "scaled-twice"];
    expect(unfit).toEqual(FILE_MUTATIONS.map(({ id }) => id).filter((id) => !everywhere.includes(id)));

    const bare = await saveWithTfjs(await network());
    expect([mutant("learning-rate-x100", bare), mutant("wrong-loss", bare)]).toEqual([null, null]);

    const unmeasured = evidenceOf({ structure: sampleStructure(), weights: sampleWeights() });
    expect([
      mutant("constant-answer", right, unmeasured),
      mutant("moved-behind-the-record", right, unmeasured),
    ]).toEqual([null, null]);

    const sequence = tf.sequential({ layers: [tf.layers.dense({ units: CLASSES, inputShape: [2] })] });
    expect(mutant("scaled-twice", await saveWithTfjs(sequence))).toBeNull();

    const unbiased = await saveWithTfjs(await network(false));
    for (const id of ["wrong-units", "shuffled-labels", "constant-answer"])
      expect(mutant(id, unbiased)).toBeNull();
  });

  it("take the network from the file and what was said from the program", () => {
    const seen = {
      ...evidence,
      items: evidenceOf({ weights: sampleWeights({ changed: ["block1_conv"] }) }).items,
    };
    const { items } = fileSeenAnew(evidence, seen);
    expect(items).toMatchObject({ weights: seen.items.weights, heldOut: seen.items.heldOut });
    expect(items.run).toEqual(evidence.items.run);
    expect(items.phases.state).toBe("found");
  });

  it("are not put into a file whose weights are missing or more than it lists", () => {
    const refused = (files: [string, Uint8Array][]) => () =>
      openLayersFile({ main: right.main, files: new Map([...right.files, ...files]) });
    expect(refused([["weights.bin", new Uint8Array(4)]])).toThrow("its files hold 4");
    const none = new Map([...right.files].filter(([name]) => name === right.main));
    expect(() => openLayersFile({ main: right.main, files: none })).toThrow("its files hold 0");
    expect(refused([[right.main, new TextEncoder().encode("{}")]])).toThrow("modelTopology");
  });
});
