import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { encode } from "fast-png";
import { beforeAll, describe, expect, test } from "vitest";
import type { ModelFacts, Preprocessing, SavedModel } from "../../src/contract/index.js";
import { predict, readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";

const ROOT = path.join(import.meta.dirname, "..", "..");
/** Written by `scripts/fixtures/keras_graph.py`. */
const MADE = path.join(import.meta.dirname, "fixtures/graph");
const RAW: Preprocessing = { name: "raw", scale: [1], offset: [0], channels: "rgb" };
/** The axes of an image that are averaged. */
const AXES = Int32Array.of(1, 2);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

async function factsOf(saved: SavedModel): Promise<ModelFacts> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return read.value;
}

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function made(name: string): SavedModel {
  const files = ["model.json", "group1-shard1of1.bin"].map((file): [string, Uint8Array] => [
    file,
    readFileSync(path.join(MADE, name, file)),
  ]);
  return { main: "model.json", files: new Map(files) };
}

/** The images that the script predicted. */
function images(count: number, size: number): Uint8Array[] {
  const each = size * size * 3;
  return Array.from({ length: count }, (_, image) => {
    const data = Uint8Array.from({ length: each }, (_, i) => (image * each + i) % 251);
    return encode({ width: size, height: size, data, channels: 3 });
  });
}

async function predicted(saved: SavedModel, size: number, root = ROOT): Promise<number[]> {
  const inputs = { images: images(2, size), imageSize: size, preprocessing: RAW };
  const answer = await predict({ sandbox, root }, [saved], inputs);
  if (answer.state !== "found") throw new Error(JSON.stringify(answer));
  return [...answer.value.values];
}

/** An image through a convolution with a bias and a dense layer, as the converter writes a frozen graph. */
function graphModel(extra: object[] = []): SavedModel {
  const dim = [-1, 8, 8, 3].map((size) => ({ size: String(size) }));
  const node = [
    { name: "image", op: "Placeholder", attr: { shape: { shape: { dim } } } },
    { name: "conv/kernel", op: "Const" },
    { name: "conv/bias", op: "Const" },
    { name: "dense/kernel", op: "Const" },
    { name: "axes", op: "Const" },
    { name: "dense/kernel/read", op: "Identity", input: ["dense/kernel"] },
    { name: "logits", op: "MatMul", input: ["pool", "dense/kernel/read"] },
    { name: "pool", op: "Mean", input: ["conv", "axes"] },
    {
      name: "conv",
      op: "_FusedConv2D",
      input: ["image", "conv/kernel", "conv/bias"],
      attr: {
        strides: { list: { i: ["1", "2", "2", "1"] } },
        padding: { s: "U0FNRQ==" },
        fused_ops: { list: { s: ["Qmlhc0FkZA=="] } },
        num_args: { i: "1" },
      },
    },
    ...extra,
  ];
  const weights = [
    { name: "conv/kernel", shape: [3, 3, 3, 2], dtype: "float32" },
    { name: "conv/bias", shape: [2], dtype: "float32" },
    { name: "dense/kernel", shape: [2, 5], dtype: "float32" },
    { name: "axes", shape: [2], dtype: "int32" },
  ];
  const description = {
    format: "graph-model",
    convertedBy: "TensorFlow.js Converter v4.22.0",
    modelTopology: { node },
    weightsManifest: [{ paths: ["w.bin"], weights }],
  };
  const floats = Float32Array.from({ length: 54 + 2 + 10 }, (_, i) => Math.sin(i) / 8);
  const files = new Map([
    ["model.json", text(description)],
    ["w.bin", new Uint8Array(Buffer.concat([new Uint8Array(floats.buffer), new Uint8Array(AXES.buffer)]))],
  ]);
  return { main: "model.json", files };
}

test("a graph model is read as its operations in the order of computation, without flags", async () => {
  const facts = await factsOf(graphModel());
  expect(facts).toMatchObject({ format: "tfjs-graph", runtime: "tfjs", inputShape: [null, 8, 8, 3] });
  expect(facts.layers.map(({ path: at, class: op, inputs }) => [at, op, ...inputs])).toEqual([
    ["conv", "_FusedConv2D", "image"],
    ["pool", "Mean", "conv"],
    ["logits", "MatMul", "pool"],
  ]);
  expect(facts.layers[0]?.settings).toMatchObject({ strides: [1, 2, 2, 1], padding: "SAME" });
  expect(facts.weights.map(({ path: at, trainable }) => [at, trainable])).toEqual([
    ["conv/kernel", null],
    ["conv/bias", null],
    ["pool/input_1", null],
    ["logits/kernel", null],
  ]);
});

describe("a graph made from a Keras model", () => {
  const truth = JSON.parse(readFileSync(path.join(MADE, "manifest.json"), "utf8")) as {
    size: number;
    predict: number[][];
  };

  test.each(["plain", "optimised"])(
    "and %s predicts as Keras does, with and without TensorFlow",
    async (name) => {
      const bare = await mkdtemp(path.join(tmpdir(), "frostline-wasm-"));
      try {
        await symlink(path.join(ROOT, "dist"), path.join(bare, "dist"));
        for (const root of [ROOT, bare]) {
          const values = await predicted(made(name), truth.size, root);
          const off = truth.predict.flat().map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)));
          expect(off).toHaveLength(8);
          expect(Math.max(...off)).toBeLessThan(1e-5);
        }
      } finally {
        await rm(bare, { recursive: true });
      }
    },
  );

  test("has the layers' names, sizes and weights", async () => {
    const facts = await factsOf(made("optimised"));
    expect(facts).toMatchObject({ inputShape: [null, 16, 16, 3], optimizer: null, loss: null });
    expect(facts.findings.map(({ code }) => code)).toEqual(["no-flags"]);
    const kernels = facts.weights.filter(({ slot }) => slot.endsWith("kernel"));
    expect(kernels.map(({ shape }) => shape)).toEqual([
      [3, 3, 3, 8],
      [3, 3, 8, 1],
      [1, 1, 16, 6],
      [6, 4],
    ]);
  });
});

test("fused operations are computed", async () => {
  const values = await predicted(graphModel(), 8);
  expect(values).toHaveLength(10);
  expect(new Set(values.map((value) => value.toFixed(4))).size).toBeGreaterThan(5);
});

test("a graph for one image at a time is given one image at a time", async () => {
  const many = graphModel();
  const single = graphModel();
  const json = new TextDecoder().decode(many.files.get("model.json")).replace('"size":"-1"', '"size":"1"');
  const one = {
    ...single,
    files: new Map([...single.files, ["model.json", new TextEncoder().encode(json)]]),
  };
  expect(await predicted(one, 8)).toEqual(await predicted(many, 8));
});

test.each([
  "ReadFile",
  "VarHandleOp",
  "LookupTableFindV2",
  "PyFunc",
  "RandomUniform",
  "While",
  "Print",
  "Invented",
])("the operation %s is never computed and is named", async (op) => {
  const saved = graphModel([{ name: "trick", op, input: ["logits"] }]);
  const inputs = { images: images(1, 8), imageSize: 8, preprocessing: RAW };
  expect(await predict({ sandbox, root: ROOT }, [saved], inputs)).toMatchObject({
    state: "failed",
    fault: { code: "model-layer", blame: "harness", params: { layer: "trick", class: op } },
  });
});

test("functions and initialisers beside the graph are left alone", async () => {
  const saved = graphModel();
  const description = JSON.parse(new TextDecoder().decode(saved.files.get("model.json")));
  description.modelTopology.library = {
    function: [{ signature: { name: "f" }, nodeDef: [{ name: "x", op: "PyFunc" }] }],
  };
  description.modelInitializer = { node: [{ name: "table", op: "HashTableV2" }] };
  const files = new Map([...saved.files, ["model.json", text(description)]]) as SavedModel["files"];
  expect(await predicted({ ...saved, files }, 8)).toEqual(await predicted(saved, 8));
});
