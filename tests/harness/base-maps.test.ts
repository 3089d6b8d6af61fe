import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ModelFacts, PredictionInputs } from "../../src/contract/index.js";
import { type BaseMapsOf, openBaseMaps } from "../../src/harness/base-maps.js";
import { readModel } from "../../src/models/index.js";
import { openSandbox } from "../../src/sandbox/index.js";
import { type OpenBase, openStore, readSavedModel } from "../../src/store/index.js";
import { ROOT } from "../cli/frostline.js";

const NAME = "efficientnet-lite0-stage5";

describe("feature maps of the bases of a class", { timeout: 60_000 }, () => {
  let base: OpenBase;
  let model: ModelFacts;
  let inputs: PredictionInputs;
  let open: (bases?: OpenBase[]) => BaseMapsOf;

  beforeAll(async () => {
    const context = { sandbox: await openSandbox({ unsafe: false }), root: ROOT };
    const store = openStore({ root: ROOT });
    base = await store.openBase(NAME);
    const read = await readModel(context, await readSavedModel(join(base.folder, "model.json")));
    if (read.state !== "found" || !base.facts.preprocessing)
      throw new Error("the bundled base is incomplete");
    model = { ...read.value, runtime: "tfjs" };
    const examples = (await store.openDataset("emoji")).examples("train").slice(0, 3);
    const images = examples.map(({ path }) => readFileSync(path));
    inputs = { images, imageSize: 64, preprocessing: base.facts.preprocessing };
    open = (bases = [base]) => openBaseMaps(context, bases);
  });

  it("are computed when a second submission needs them, and only then", async () => {
    const mapsOf = open();
    expect(await mapsOf(NAME, model, inputs)).toEqual([]);
    const [second, third] = [mapsOf(NAME, model, inputs), mapsOf(NAME, model, inputs)];
    expect((await second).map(({ shape }) => shape)).toEqual([
      [4, 4, 112],
      [4, 4, 480],
      [4, 4, 80],
      [8, 8, 40],
    ]);
    expect(await third).toBe(await second);
  });

  it("are those of the same images, size and preprocessing", async () => {
    const mapsOf = open();
    await mapsOf(NAME, model, inputs);
    const others = [
      { ...inputs, images: inputs.images.slice(1) },
      { ...inputs, imageSize: 96 },
      { ...inputs, preprocessing: { ...inputs.preprocessing, offset: [1] } },
    ];
    for (const other of others) expect(await mapsOf(NAME, model, other)).toEqual([]);
    expect(await mapsOf(NAME, { ...model, runtime: "keras-3" }, inputs)).toEqual([]);
  });

  it("are nothing for another base, and for images that are not square or have no colours", async () => {
    const mapsOf = open();
    for (const checkpoint of ["vgg16", "vgg16", null, null])
      expect(await mapsOf(checkpoint, model, inputs)).toEqual([]);
    for (const inputShape of [[null, 64, 96, 3], [null, 64, 64, 1], null])
      for (const asked of ["first", "second"])
        expect({ asked, maps: await mapsOf(NAME, { ...model, inputShape }, inputs) }).toEqual({
          asked,
          maps: [],
        });
  });

  it("are nothing where they cannot be computed, which is no fault of a submission", async () => {
    const mapsOf = open([{ ...base, folder: join(base.folder, "gone") }]);
    await mapsOf(NAME, model, inputs);
    expect(await mapsOf(NAME, model, inputs)).toEqual([]);
  });
});
