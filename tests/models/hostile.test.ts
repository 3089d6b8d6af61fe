import { readFileSync } from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import type { Artifact, Fault, Predictions, Preprocessing, SavedModel } from "../../src/contract/index.js";
import { predict, readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { saveWithTfjs, smallBase, withHead } from "./save-with-tfjs.js";

const ROOT = path.join(import.meta.dirname, "..", "..");
const HDF5 = path.join(import.meta.dirname, "fixtures", "hdf5");

let sandbox: Sandbox;
let honest: SavedModel;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
  await tf.setBackend("cpu");
  honest = await saveWithTfjs(withHead(smallBase()));
});

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const single = (name: string, bytes: Uint8Array): SavedModel => ({
  main: name,
  files: new Map([[name, bytes]]),
});

interface Description {
  modelTopology: { config: { layers: object[] } } | null;
  weightsManifest: { paths: string[]; weights: object[] }[];
}

/** The honest TensorFlow.js model with a changed description. */
function described(change: (description: Description) => Partial<Description>): SavedModel {
  const description = JSON.parse(Buffer.from(honest.files.get("model.json") ?? []).toString()) as Description;
  const changed = { ...description, ...change(description) };
  return { ...honest, files: new Map([...honest.files, ["model.json", json(changed)]]) };
}

const withShard = (shard: string): SavedModel =>
  described(({ weightsManifest }) => ({
    weightsManifest: weightsManifest.map((group) => ({ ...group, paths: [shard] })),
  }));

const withFirstWeight = (change: object): SavedModel =>
  described(({ weightsManifest }) => ({
    weightsManifest: weightsManifest.map(({ paths, weights: [first, ...others] }) => ({
      paths,
      weights: [{ ...first, ...change }, ...others],
    })),
  }));

const withLayers = (count: number): SavedModel =>
  described(({ modelTopology }) => {
    const [layer = {}] = modelTopology?.config.layers.slice(1) ?? [];
    const config = { ...modelTopology?.config, layers: Array<object>(count).fill(layer) };
    return { modelTopology: { ...modelTopology, config } };
  });

const hostileHdf5 = (name: string): SavedModel =>
  single("model.weights.h5", readFileSync(path.join(HDF5, `hostile-${name}.h5`)));

const deepJson = `{"format":"layers-model","modelTopology":${"[".repeat(20_000)}`;
const bomb = { "config.json": json({}), "model.weights.h5": new Uint8Array(200 * 1024 * 1024) };

async function faultOf(saved: SavedModel): Promise<Fault> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "failed") throw new Error(`expected a fault, got ${JSON.stringify(read).slice(0, 300)}`);
  return read.fault;
}

function kerasWith(config: unknown): SavedModel {
  const weights = readFileSync(path.join(HDF5, "values-old.h5"));
  return single(
    "model.keras",
    zipSync({ "config.json": json(config), "model.weights.h5": weights }, { level: 0 }),
  );
}

const CASES: [name: string, make: () => SavedModel, why: RegExp][] = [
  ["a shard outside its folder", () => withShard("../../secret"), /not a plain file name/],
  ["a shard that is an address", () => withShard("https://evil.example/w"), /not a plain file name/],
  ["a missing shard", () => withShard("other.bin"), /`other.bin` is missing/],
  ["weights larger than its files", () => withFirstWeight({ shape: [1e5, 1e5] }), /weights need \d+ bytes/],
  ["text as weights", () => withFirstWeight({ dtype: "string" }), /has the type string/],
  ["no layers", () => described(() => ({ modelTopology: null })), /no `modelTopology`/],
  ["6,000 layers", () => withLayers(6000), /more than 5000 layers/],
  ["20,000 levels of JSON", () => single("model.json", Buffer.from(deepJson)), /more than 64 levels/],
  ["200 MB in 200 KB", () => single("model.keras", zipSync(bomb, { level: 9 })), /far more than its size/],
  ["layers that read one another", () => kerasWith(circle()), /never computed before it/],
  ["a link out of the file", () => hostileHdf5("external-link"), /link to another file/],
  ["values in another file", () => hostileHdf5("external-values"), /values in another file/],
  ["160 GB in 4 KB", () => hostileHdf5("huge"), /unpack to more than/],
];

function circle(): unknown {
  const node = (name: string, reads: string) => ({
    module: "keras.layers",
    class_name: "ReLU",
    name,
    config: { name, trainable: true },
    inbound_nodes: [
      { args: [{ class_name: "__keras_tensor__", config: { keras_history: [reads, 0, 0] } }], kwargs: {} },
    ],
  });
  const layers = [node("a", "b"), node("b", "a")];
  return {
    class_name: "Functional",
    config: { name: "m", layers, input_layers: [], output_layers: [["a", 0, 0]] },
  };
}

const INPUT = { class_name: "InputLayer", config: { name: "i", batch_shape: [null, 8, 8, 3] } };

const sequential = (layer: object): SavedModel =>
  kerasWith({ class_name: "Sequential", config: { name: "s", trainable: true, layers: [INPUT, layer] } });

describe("a saved model with", () => {
  test.each(CASES)("%s is refused by name, and it is the submission's", async (_, make, why) => {
    const fault = await faultOf(make());
    expect(fault).toMatchObject({ code: "model-unreadable", blame: "submission" });
    expect(fault.params["why"]).toMatch(why);
  });

  test("a Lambda layer is read, reported, and not computed", async () => {
    const code = { class_name: "__lambda__", config: { code: "4wEAAA==" } };
    const config = { name: "trick", trainable: true, function: code };
    const saved = sequential({ module: "keras.layers", class_name: "Lambda", config });
    expect(await findingsOf(saved)).toContainEqual(["unsafe-object", "trick"]);
    const fault = { code: "model-layer", blame: "harness", params: { layer: "trick", class: "Lambda" } };
    expect(await predicted(saved)).toMatchObject({ state: "failed", fault });
  });

  test("a layer that is not known here is read, and named when it cannot be computed", async () => {
    const config = { name: "fancy", trainable: true };
    const saved = sequential({ module: "mine", class_name: "Fancy", registered_name: "mine>Fancy", config });
    expect(await findingsOf(saved)).toContainEqual(["custom-layer", "fancy"]);
    expect(await predicted(saved)).toMatchObject({
      state: "failed",
      fault: { code: "model-layer", params: { layer: "fancy", class: "Fancy" } },
    });
  });
});

async function findingsOf(saved: SavedModel): Promise<[code: string, layer: string][]> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return read.value.findings.map(({ code, layer }) => [code, layer]);
}

function predicted(saved: SavedModel): Promise<Artifact<Predictions>> {
  const preprocessing: Preprocessing = { name: "raw", scale: [1], offset: [0], channels: "rgb" };
  return predict({ sandbox, root: ROOT }, [saved], { images: [], imageSize: 8, preprocessing });
}
