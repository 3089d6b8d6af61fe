import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { Checkpoint, Inspection, parseJson } from "../../src/contract/index.js";
import { frostline, ROOT, scratch } from "./frostline.js";

const FIXTURES = join(ROOT, "tests/models/fixtures");
const KERAS = join(FIXTURES, "augmented-schedule.k3.15.1.keras");
const H5 = join(FIXTURES, "froze-after-fit.k3.10.0.h5");

/** The weights alone, as `save_weights` writes them. */
async function weightsOf(keras: string, file: string): Promise<string> {
  const parts = unzipSync(await readFile(keras));
  await writeFile(file, parts["model.weights.h5"] ?? new Uint8Array());
  return file;
}

it.each([
  ["a .keras file", async () => KERAS, KERAS, 18],
  ["weights alone", async (folder: string) => weightsOf(KERAS, join(folder, "base.weights.h5")), KERAS, 17],
  ["an .h5 file", async () => H5, H5, 20],
  [
    "a TensorFlow.js layers model",
    async () => join(ROOT, "src/store/bundled/efficientnet-lite0-stage5"),
    join(ROOT, "src/store/bundled/efficientnet-lite0-stage5"),
    165,
  ],
  ["a graph model", async () => join(FIXTURES, "graph/optimised"), join(FIXTURES, "graph/optimised"), 10],
])(
  "%s is registered by its tensors, so that a model that holds them is known",
  async (_, make, model, equal) => {
    const folder = await scratch();
    const store = join(folder, "store");
    const source = await make(folder);
    const added = await frostline(["store", "add", source, "--name", "mine", "--store", store]);
    expect({ code: added.code, err: added.err }).toEqual({ code: 0, err: "" });
    const path = join(store, "bases/mine/checkpoint.json");
    const { tensors } = parseJson(Checkpoint, await readFile(path, "utf8"), path);
    expect(tensors.length).toBeGreaterThanOrEqual(equal);
    for (const { sha256, l2, std, samples } of tensors) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(l2).toBeGreaterThanOrEqual(0);
      expect(std).toBeGreaterThanOrEqual(0);
      expect(samples.length).toBeGreaterThan(0);
    }
    const { code, out } = await frostline(["inspect", model, "--store", store, "--json"]);
    expect(code).toBe(0);
    const { checkpoint } = parseJson(Inspection, out, "the answer of inspect");
    expect(checkpoint).toMatchObject({ compared: equal, identical: equal, changed: 0, unrelated: 0 });
  },
);
