import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ModelFacts } from "../../src/contract/index.js";
import { readSavedModel } from "../../src/store/index.js";
import { faultOf, scratch } from "../intake/scratch.js";
import { REFERENCE } from "../reference.js";
import { storeIn } from "./pictures.js";

const kernel = {
  path: "conv/kernel",
  printed: "conv/kernel:0",
  layer: "conv",
  slot: "kernel",
  shape: [1],
  dtype: "float32",
  sha256: "a".repeat(64),
  l2: 2,
  mean: 2,
  std: 0,
  samples: [2],
  trainable: true,
  quantised: false,
};
const facts: ModelFacts = {
  format: "tfjs-layers",
  runtime: "tfjs",
  writtenBy: null,
  inputShape: [null, 96, 96, 3],
  outputShape: null,
  layers: [],
  weights: [kernel],
  optimizer: null,
  loss: null,
  metrics: [],
  findings: [],
};
const modelJson = (...paths: string[]) =>
  JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths, weights: [] }] });
const files = {
  "net/model.json": modelJson("w.bin"),
  "net/w.bin": Buffer.of(0, 0, 0, 64),
  "net/notes.txt": "x",
};

test("a base is copied with its shards, the file to load first, and its tensors are registered", async () => {
  const folder = await scratch(files);
  const store = storeIn(join(folder, "store"));
  const base = await store.addBase({ source: join(folder, "net"), facts, family: "VGG16" });
  expect(base.facts).toMatchObject({
    name: "net",
    family: "VGG16",
    preprocessing: null,
    inputShape: [null, 96, 96, 3],
  });
  expect(base.facts.files.map(({ path, bytes }) => [path, bytes])).toEqual([
    ["model.json", files["net/model.json"].length],
    ["w.bin", 4],
  ]);
  const { printed: _, dtype: __, trainable: ___, quantised: ____, ...registered } = kernel;
  expect(base.facts.tensors).toEqual([registered]);
  expect(await readFile(join(base.folder, "w.bin"))).toEqual(files["net/w.bin"]);
  expect((await store.openBase("net")).ref).toBe(base.ref);
  expect(await faultOf(store.addBase({ source: join(folder, "net"), facts }))).toMatchObject({
    code: "base-invalid",
  });
});

test("a model.json and a single file are named after their folder and themselves", async () => {
  const folder = await scratch({ ...files, "Tail-4.keras": "x" });
  const store = storeIn(join(folder, "store"));
  const fromJson = await store.addBase({ source: join(folder, "net/model.json"), facts });
  expect(fromJson.facts.name).toBe("net");
  const single = await store.addBase({ source: join(folder, "Tail-4.keras"), facts });
  expect([single.facts.name, single.facts.files[0]?.path]).toEqual(["tail-4", "Tail-4.keras"]);
});

test("weight files outside the folder, missing ones and a model without weights are refused", async () => {
  const folder = await scratch({
    "out/model.json": modelJson("../../etc/passwd"),
    "gone/model.json": modelJson("w.bin"),
    "none/model.json": "{}",
    ...files,
  });
  const store = storeIn(join(folder, "store"));
  const refusal = (name: string) => faultOf(store.addBase({ source: join(folder, name), facts }));
  expect(await refusal("out")).toMatchObject({
    code: "base-invalid",
    why: expect.stringContaining("outside"),
  });
  expect(await refusal("gone")).toMatchObject({ code: "file-missing", file: join(folder, "gone/w.bin") });
  expect(await refusal("none")).toMatchObject({
    code: "base-invalid",
    why: expect.stringContaining("no weight files"),
  });
  const empty = store.addBase({ source: join(folder, "net"), facts: { ...facts, weights: [] } });
  expect(await faultOf(empty)).toMatchObject({ code: "base-invalid", why: "it holds no weights" });
  expect(existsSync(join(folder, "store/bases"))).toBe(false);
});

test("the published MobileNet is known by its folder's name", async (ctx) => {
  const source = join(REFERENCE, "data", "mobilenet_v1_0.25_224-tfjs");
  if (!existsSync(source)) ctx.skip("the reference MobileNet is not here");
  expect((await readSavedModel(source)).files.size).toBe(56);
  const base = await storeIn(await scratch()).addBase({ source, facts });
  expect(base.facts).toMatchObject({
    name: "mobilenet_v1_0.25_224",
    family: "MobileNet",
    addresses: ["/mobilenet_v1_0.25_224/model.json"],
    preprocessing: { scale: [1 / 127.5], offset: [-1], channels: "rgb" },
  });
});
