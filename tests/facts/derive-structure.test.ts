import { describe, expect, it } from "vitest";
import type { ModelFacts, Structure } from "../../src/contract/index.js";
import { deriveStructure } from "../../src/facts/index.js";
import {
  baseSpecs,
  buildModel,
  checkpointOf,
  fresh,
  headSpecs,
  input,
  trainedFurther,
} from "./build-model.js";

const SEED = 1;
const whole = (more: Partial<ModelFacts> = {}): ModelFacts =>
  buildModel([input, ...baseSpecs(6), ...headSpecs(48)], SEED, more);
const checkpoint = checkpointOf(buildModel(baseSpecs(6), SEED));

const partsOf = ({ layers }: Structure): string => layers.map((layer) => layer.part[0]).join("");

describe("deriveStructure", () => {
  it("cuts a flat copy of a checkpoint where its tensors end", () => {
    const structure = deriveStructure([whole()], [checkpoint]);
    expect(structure.base).toEqual({
      family: "SampleNet",
      recognisedBy: "its weights",
      layers: 18,
      parameters: expect.any(Number),
      lastLayer: "block5_relu",
    });
    expect(partsOf(structure)).toBe(`i${"b".repeat(18)}hhh`);
    expect(structure.head).toEqual({
      layers: ["pool", "dropout", "dense"],
      parameters: 48 * 3 + 3,
      pooling: "global-average",
      units: 3,
      activation: "softmax",
    });
  });

  it("recognises a base that was cut off early", () => {
    const model = buildModel([input, ...baseSpecs(3), ...headSpecs(24)], SEED);
    expect(deriveStructure([model], [checkpoint]).base).toMatchObject({
      layers: 9,
      lastLayer: "block2_relu",
    });
  });

  it("recognises a base whose every layer was trained further and renamed", () => {
    const moved = trainedFurther(
      whole(),
      ["block0_conv", "block1_conv", "block2_conv", "block3_conv", "block4_conv", "block5_conv"],
      0.005,
    );
    const renamed = (path: string): string => path.replace("block", "conv2d_9");
    const model: ModelFacts = {
      ...moved,
      layers: moved.layers.map((layer) => ({
        ...layer,
        path: renamed(layer.path),
        name: renamed(layer.name),
      })),
      weights: moved.weights.map((weight) => ({
        ...weight,
        path: renamed(weight.path),
        layer: renamed(weight.layer),
      })),
    };
    expect(deriveStructure([model], [checkpoint]).base).toMatchObject({
      recognisedBy: "its weights",
      layers: 18,
    });
  });

  it("prefers the checkpoint that explains most", () => {
    const other = checkpointOf(buildModel(baseSpecs(2), SEED), "short", "ShortNet");
    expect(deriveStructure([whole()], [other, checkpoint]).base?.family).toBe("SampleNet");
  });

  it("takes a nested model for the base when no checkpoint is known, up to its pooling", () => {
    const model = buildModel(
      [
        input,
        ...baseSpecs(2, "small"),
        { class: "GlobalMaxPooling2D", name: "pool", inside: "small" },
        ...headSpecs(16).slice(2),
      ],
      SEED,
    );
    const structure = deriveStructure([model], []);
    expect(structure.base).toMatchObject({ family: "unknown", recognisedBy: "its container", layers: 6 });
    expect(structure.head).toMatchObject({ layers: ["pool", "dense"], pooling: "global-max" });
  });

  it("takes the nested model with most convolutions", () => {
    const model = buildModel(
      [
        input,
        { class: "Conv2D", name: "mix", inside: "prepare", tensors: { kernel: [1, 1, 3, 3] } },
        ...baseSpecs(3, "net"),
        ...headSpecs(24),
      ],
      SEED,
    );
    expect(partsOf(deriveStructure([model], []))).toBe("ihbbbbbbbbbhhh");
  });

  it("knows a published architecture in a flat network by its structure", () => {
    const vgg = [64, 64, 128, 128, 256, 256, 256].flatMap((filters, index, all) => [
      {
        class: "Conv2D",
        name: `c${index}`,
        tensors: { kernel: [3, 3, index === 0 ? 3 : (all[index - 1] as number), filters], bias: [filters] },
      },
      ...([1, 3, 6].includes(index) ? [{ class: "MaxPooling2D", name: `p${index}` }] : []),
    ]);
    const model = buildModel(
      [input, ...vgg, { class: "Flatten", name: "flat" }, ...headSpecs(256).slice(2)],
      SEED,
    );
    const structure = deriveStructure([model], []);
    expect(structure.base).toMatchObject({ family: "VGG16", recognisedBy: "its structure", lastLayer: "p6" });
    expect(structure.head.pooling).toBe("flatten");
  });

  it("sees no base in a small network made from scratch", () => {
    const model = buildModel([input, ...baseSpecs(2), ...headSpecs(16)], SEED, {}, fresh);
    const structure = deriveStructure([model], [checkpoint]);
    expect(structure.base).toBeNull();
    expect(partsOf(structure)).toBe("ihhhhhhhhh");
  });

  it("sees no base in a network without convolutions", () => {
    const model = buildModel([input, { class: "Flatten", name: "flat" }, ...headSpecs(12).slice(2)], SEED);
    expect(deriveStructure([model], [checkpoint]).base).toBeNull();
  });

  it("keeps what prepares pixels apart from the base", () => {
    const model = buildModel(
      [
        input,
        { class: "RandomFlip", name: "flip" },
        { class: "Rescaling", name: "rescaling", more: { settings: { scale: 1 / 127.5, offset: -1 } } },
        { class: "Rescaling", name: "again", more: { settings: { scale: 2, offset: 0.5 } } },
        { class: "Rescaling", name: "odd", more: { settings: { scale: [1, 1, 1] } } },
        { class: "Rescaling", name: "plain", more: { settings: { scale: 0.5 } } },
        { class: "Normalization", name: "normalization", tensors: { mean: [3], variance: [3] } },
        { class: "Conv2D", name: "adapter", tensors: { kernel: [1, 1, 3, 3] } },
        { class: "ZeroPadding2D", name: "pad" },
        ...baseSpecs(6),
        ...headSpecs(48),
      ],
      SEED,
    );
    const structure = deriveStructure([model], [checkpoint]);
    expect(structure.augmentation).toEqual(["RandomFlip"]);
    expect(structure.preprocessing).toEqual([
      "Rescaling (x * 0.007843 - 1)",
      "Rescaling (x * 2 + 0.5)",
      "Rescaling",
      "Rescaling (x * 0.5)",
      "Normalization",
    ]);
    expect(partsOf(structure)).toBe(`iiiiiiih${"b".repeat(19)}hhh`);
  });

  it("joins a base and a head that were trained apart", () => {
    const base = buildModel([input, ...baseSpecs(6)], SEED, { outputShape: [null, 4, 4, 48] });
    const head = buildModel([{ class: "InputLayer", name: "features" }, ...headSpecs(48)], 2, {
      loss: { name: "categoricalCrossentropy", fromLogits: false },
      outputShape: [null, 3],
    });
    const structure = deriveStructure([base, head], [checkpoint]);
    expect(structure).toMatchObject({
      composition: true,
      outputShape: [null, 3],
      loss: { name: "categoricalCrossentropy" },
    });
    expect(structure.layers.find((layer) => layer.name === "pool")?.inputs).toEqual(["block5_relu"]);
    expect(partsOf(structure)).toBe(`i${"b".repeat(18)}hhh`);
    expect(partsOf(deriveStructure([base, head], []))).toBe(`i${"b".repeat(18)}hhh`);
  });

  it("keeps paths apart that both models use", () => {
    const base = buildModel(
      [input, ...baseSpecs(6), { class: "Dense", name: "dense", tensors: { kernel: [48, 8] } }],
      SEED,
    );
    const head = buildModel(
      [{ class: "Dense", name: "dense", tensors: { kernel: [8, 3] }, more: { inputs: [] } }],
      2,
    );
    const { layers } = deriveStructure([base, head], [checkpoint]);
    expect(layers.slice(-2).map(({ path, part }) => [path, part])).toEqual([
      ["dense", "head"],
      ["head/dense", "head"],
    ]);
  });

  it.each([
    [
      "a Reshape to a vector",
      { class: "Reshape", name: "reshape", more: { outputShape: [null, 48] } },
      "flatten",
    ],
    [
      "a Reshape to a map",
      { class: "Reshape", name: "reshape", more: { outputShape: [null, 4, 4, 3] } },
      null,
    ],
  ])("reads %s", (_, reshape, pooling) => {
    const model = buildModel([input, ...baseSpecs(6), reshape, ...headSpecs(48).slice(2)], SEED);
    expect(deriveStructure([model], [checkpoint]).head.pooling).toBe(pooling);
  });

  it.each([
    ["a Softmax layer", { class: "Softmax", name: "softmax" }, "softmax"],
    ["an Activation layer", { class: "Activation", name: "act", more: { activation: "sigmoid" } }, "sigmoid"],
    ["a dense layer without one", { class: "Dense", name: "last", more: { units: 3 } }, "linear"],
  ])("takes the last activation from %s", (_, layer, activation) => {
    const model = buildModel([input, ...baseSpecs(6), ...headSpecs(48), layer], SEED, { outputShape: null });
    expect(deriveStructure([model], [checkpoint]).head).toMatchObject({ units: 3, activation });
  });

  it("says so when the head has no outputs to count", () => {
    const model = buildModel([input, ...baseSpecs(6), { class: "Flatten", name: "flat" }], SEED, {
      outputShape: null,
    });
    expect(deriveStructure([model], [checkpoint]).head).toMatchObject({ units: null, activation: null });
  });

  it("sees no base in a file of bare weights", () => {
    expect(deriveStructure([{ ...whole(), layers: [] }], [checkpoint])).toMatchObject({
      base: null,
      layers: [],
    });
  });

  it("refuses an empty list as a mistake of ours", () => {
    expect(() => deriveStructure([], [])).toThrow(RangeError);
  });
});
