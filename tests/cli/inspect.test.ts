import { readFileSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Inspection, parseJson } from "../../src/contract/index.js";
import { inspectModel } from "../../src/harness/inspect-model.js";
import { allFixtures, fixturesMissing, type KerasTruth, ownFixtures } from "../models/keras-fixtures.js";
import { saveWithTfjs } from "../models/save-with-tfjs.js";
import { frostline, ROOT, scratch } from "./frostline.js";

const FIXTURES = join(ROOT, "tests/models/fixtures");
const SCHEDULE = join(FIXTURES, "augmented-schedule.k3.15.1.keras");
const FROZE = join(FIXTURES, "froze-after-fit.k3.10.0.h5");
const BUNDLED = join(ROOT, "src/store/bundled/efficientnet-lite0-stage5");

async function inspected(file: string): Promise<Inspection> {
  const { code, out, err } = await frostline(["inspect", file, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return parseJson(Inspection, out, "the answer of inspect");
}

function expectTruth(inspection: Inspection, truth: KerasTruth): void {
  expect(inspection.trainableWeights?.toSorted()).toEqual(truth.effective_trainable.toSorted());
  const weights = inspection.weights.map(({ printed, shape, sha256 }) => [printed, shape, sha256]);
  expect(weights.toSorted()).toEqual(truth.all_weights.toSorted());
  const { cls, lr, iterations } = truth.optimizer;
  expect(inspection.optimizer).toMatchObject({ class: cls, iterations, unmatched: [] });
  expect(inspection.optimizer?.learningRate).toBeCloseTo(lr, 9);
}

const codes = (inspection: Inspection): string[] => inspection.findings.map(({ code }) => code);

describe("inspect --json", () => {
  it.each(ownFixtures())("tells of $file what Keras itself tells", async ({ file, truth }) => {
    const inspection = await inspected(join(FIXTURES, file));
    expectTruth(inspection, truth);
    expect(inspection.kerasVersion).toBe(/k(3\.\d+\.\d)/.exec(file)?.[1]);
    const values = inspection.weights.map(({ shape }) => shape.reduce((size, length) => size * length, 1));
    const { total, trainable, frozen } = inspection.parameters;
    expect(total).toBe(values.reduce((sum, size) => sum + size, 0));
    expect((trainable ?? 0) + (frozen ?? 0)).toBe(total);
  });

  it("tells of every reference fixture what Keras itself tells", async (ctx) => {
    const missing = fixturesMissing();
    if (missing) return ctx.skip(missing);
    const folder = await scratch();
    for (const { file, truth, saved } of allFixtures()) {
      await writeFile(join(folder, file), saved.files.get(file) ?? "");
      // The command's own answer, without a start of the command for each.
      expectTruth(await inspectModel({ root: ROOT, source: join(folder, file) }), truth);
    }
  }, 180_000);

  it("finds what was frozen only after the optimizer had trained it", async () => {
    const inspection = await inspected(FROZE);
    expect(inspection.trainableWeights).toHaveLength(4);
    expect(inspection.optimizer?.trainedWeights).toHaveLength(14);
    expect(codes(inspection)).toContain("trained-now-frozen");
    const conv = inspection.layers.find(({ name }) => name === "conv1");
    expect(conv).toMatchObject({ effective: false, trained: true, inputShapes: [[null, 16, 16, 3]] });
  });

  it("says which checkpoint every tensor of the bundled base is", async () => {
    const { checkpoint, base, network, head } = await inspected(BUNDLED);
    expect(checkpoint).toMatchObject({ name: "efficientnet-lite0-stage5", compared: 165, identical: 165 });
    expect({ family: base?.family, head: head.layers }).toEqual({ family: "EfficientNetLite0", head: [] });
    expect(network.frostLine?.after).toBe(network.groups.length);
  });
});

describe("a base that TensorFlow.js fine-tuned", () => {
  let folder = "";
  let inspection: Inspection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "frostline-test-"));
    await saveTuned(folder);
    inspection = await inspected(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("shows how many tensors are the checkpoint's and which ones moved", () => {
    const { checkpoint, weights } = inspection;
    expect(checkpoint).toMatchObject({ compared: 165, unrelated: 0 });
    const kernels = weights.filter(({ slot, part }) => slot.endsWith("kernel") && part === "base");
    const changed = kernels.filter(({ relation }) => relation === "changed").map(({ path }) => path);
    expect(changed).toEqual(kernels.filter(({ trainable }) => trainable).map(({ path }) => path));
    expect(changed.length).toBeGreaterThan(0);
    expect(kernels.length).toBeGreaterThan(changed.length);
  });

  it("holds a high learning rate on an open base and drifting statistics apart", () => {
    expect(codes(inspection)).toEqual(["high-rate-on-base", "normalisation-open", "statistics-drifted"]);
  });

  it("writes a page and prints where it is", async () => {
    const page = join(folder, "pages", "model.html");
    const { code, out, err } = await frostline(["inspect", join(folder, "model.json"), "--html", page]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("model.html") });
    expect(out).toContain("── Frost line");
    const text = readFileSync(page, "utf8");
    expect(text).toContain("Distance of each layer from the checkpoint");
    expect(text).not.toMatch(/https?:\/\/|url\(|\bsrc\s*=/);
  });
});

/** The bundled base with its last ten layers open, under a head, after four steps on noise. */
async function saveTuned(folder: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(BUNDLED, "model.json"), "utf8"));
  const bytes = new Uint8Array(readFileSync(join(BUNDLED, "weights.bin")));
  const weightSpecs = manifest.weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  const base = await tf.loadLayersModel(
    tf.io.fromMemory({ ...manifest, weightSpecs, weightData: bytes.buffer }),
  );
  for (const [index, layer] of base.layers.entries()) layer.trainable = index >= base.layers.length - 10;
  const pooled = tf.layers.globalAveragePooling2d({ name: "pool" }).apply(base.outputs);
  const dense = tf.layers.dense({
    units: 3,
    activation: "softmax",
    name: "classes",
    kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
  });
  const model = tf.model({ inputs: base.inputs, outputs: dense.apply(pooled) as tf.SymbolicTensor });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), 3);
  const images = tf.randomUniform([6, 32, 32, 3], -1, 1, "float32", 3);
  await model.fit(images, labels, { epochs: 2, batchSize: 3, verbose: 0, shuffle: false });
  for (const [name, content] of (await saveWithTfjs(model, { includeOptimizer: true })).files)
    await writeFile(join(folder, name), content);
}

describe("inspect in the terminal", () => {
  it("shows the network, its layers and its training within 80 columns", async () => {
    const { code, out } = await frostline(["inspect", SCHEDULE]);
    expect(code).toBe(0);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    const titles = ["The network", "Layers", "Training", "Base and head", "Input and output", "File"];
    expect(out.split("\n").filter((line) => titles.includes(line))).toEqual(titles);
    expect(out).toMatch(/dense_17 .* 68 trainable/);
    expect(out).toContain("ExponentialDecay");
    expect(out).toContain("RandomFlip, RandomContrast");
  });

  it("marks layers whose flags the optimizer contradicts", async () => {
    const { out } = await frostline(["inspect", FROZE]);
    expect(out).toMatch(/ {2}conv1 .* 216 frozen\*/);
    expect(out).toContain("* but the optimizer trained it");
  });

  it("says that weights alone tell nothing of flags", async () => {
    const folder = await scratch();
    const weights = unzipSync(readFileSync(SCHEDULE))["model.weights.h5"] ?? new Uint8Array();
    await writeFile(join(folder, "a.weights.h5"), weights);
    const { code, out } = await frostline(["inspect", join(folder, "a.weights.h5")]);
    expect(code).toBe(0);
    expect(out).toContain("628 parameters, flags not known");
    expect(out).toContain("Layers, flags, optimizer and loss are unknown");
  });

  it("shows a graph model by its operations, and says that it keeps no flags", async () => {
    const file = join(FIXTURES, "graph/optimised");
    const { code, out } = await frostline(["inspect", file]);
    expect(code).toBe(0);
    expect(out).toMatch(/Softmax/);
    expect(out).toMatch(/does not keep which layers were trainable/);
    const inspection = await inspected(file);
    expect(inspection).toMatchObject({ format: "tfjs-graph", trainableWeights: null, optimizer: null });
    expect(inspection.parameters).toMatchObject({ trainable: null, frozen: null });
  });

  it("reads the metadata of a SavedModel and asks for a .keras file", async () => {
    const folder = await scratch();
    await writeSavedModel(folder);
    const { code, out } = await frostline(["inspect", folder]);
    expect(code).toBe(0);
    expect(out).toContain("save the model as `.keras`");
    expect(out).toMatch(/ {2}conv .* frozen/);
    expect(out).toMatch(/ {2}out .* trainable/);
  });
});

/** What tf.keras 2 writes beside a SavedModel: a frozen convolution under a dense layer. */
async function writeSavedModel(folder: string): Promise<void> {
  const layer = (class_name: string, config: object) => ({ class_name, config });
  const layers = [
    layer("InputLayer", { name: "in", batch_input_shape: [null, 8, 8, 3] }),
    layer("Conv2D", { name: "conv", trainable: false, filters: 4, kernel_size: [3, 3], strides: [1, 1] }),
    layer("GlobalAveragePooling2D", { name: "pool", trainable: true }),
    layer("Dense", { name: "out", trainable: true, units: 3, activation: "softmax" }),
  ];
  const metadata = JSON.stringify({ model_config: layer("Sequential", { name: "s", layers }) });
  const root = [field(3, "root"), field(4, "_tf_keras_sequential"), field(5, metadata)];
  await writeFile(join(folder, "saved_model.pb"), Uint8Array.of(8, 1));
  await writeFile(join(folder, "keras_metadata.pb"), field(1, Buffer.concat(root)));
}

/** A field of a protocol buffer that holds less than 2 MB. */
function field(number: number, content: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(content);
  const size = [(bytes.length & 0x7f) | 0x80, ((bytes.length >> 7) & 0x7f) | 0x80, bytes.length >> 14];
  return Buffer.concat([Uint8Array.of((number << 3) | 2, ...size), bytes]);
}

describe("inspect of what is no model", () => {
  it.each([
    ["a missing file", "nothing.keras", "does not exist"],
    ["a text file", "notes.txt", "no saved model that is known here"],
    ["other JSON", "other.json", "no saved model that is known here"],
    ["a cut archive", "cut.keras", "cannot be read"],
    ["an empty folder", "empty", "a folder without a saved model"],
    ["a folder of .keras files", "several", "name one of its models: x.keras"],
    ["weight files outside the folder", "outside", "names weight files outside its folder"],
    ["a SavedModel without metadata", "bare", "without Keras's metadata"],
    ["a link out of the file", "hostile-external-link.h5", "external-link"],
  ])("says what is wrong with %s and ends with code 1", async (_, name, says) => {
    const folder = await scratch();
    const outside = { format: "layers-model", weightsManifest: [{ paths: ["../x.bin"], weights: [] }] };
    for (const inner of ["empty", "several", "outside", "bare"]) await mkdir(join(folder, inner));
    await writeFile(join(folder, "notes.txt"), "I will hand in later");
    await writeFile(join(folder, "other.json"), "{}");
    await writeFile(join(folder, "cut.keras"), readFileSync(SCHEDULE).subarray(0, 9000));
    await writeFile(join(folder, "several/x.keras"), "");
    await writeFile(join(folder, "outside/model.json"), JSON.stringify(outside));
    await writeFile(join(folder, "bare/saved_model.pb"), Uint8Array.of(8, 1));
    const link = "hostile-external-link.h5";
    await cp(join(FIXTURES, "hdf5", link), join(folder, link));
    const { code, out, err } = await frostline(["inspect", join(folder, name)]);
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: expect.stringContaining(says) });
    expect(err).toMatch(/^Expected: .+\n(?:What to do|For you): .+/m);
  });

  it("ends with code 2 where the page cannot be written", async () => {
    const folder = await scratch();
    await writeFile(join(folder, "file"), "");
    await chmod(join(folder, "file"), 0o444);
    const { code, err } = await frostline(["inspect", SCHEDULE, "--html", join(folder, "file/page.html")]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("cannot be written") });
  });
});
