import { describe, expect, it } from "vitest";
import type { Checkpoint, ModelFacts, Weights } from "../../src/contract/index.js";
import { compareBytes, deriveOptimizer, deriveStructure, deriveWeights } from "../../src/facts/index.js";
import {
  baseSpecs,
  buildModel,
  checkpointOf,
  fresh,
  headSpecs,
  input,
  trainedFurther,
} from "./build-model.js";

const checkpoint = checkpointOf(buildModel(baseSpecs(6), 1));
const whole = buildModel([input, ...baseSpecs(6), ...headSpecs(48)], 1);

function weightsOf(model: ModelFacts, checkpoints: readonly Checkpoint[] = [checkpoint]): Weights {
  return deriveWeights([model], deriveStructure([model], checkpoints), checkpoints);
}

const relation = (weights: Weights, path: string) => weights.tensors.find((tensor) => tensor.path === path);

describe("deriveWeights", () => {
  it("finds every tensor of an untouched base equal to the bit", () => {
    const weights = weightsOf(whole);
    expect(weights.checkpoint).toEqual({
      name: "sample",
      title: "The sample base",
      compared: 30,
      identical: 30,
      changed: 0,
      unrelated: 0,
    });
    expect(relation(weights, "block0_conv/kernel")).toMatchObject({
      part: "base",
      relation: "identical",
      distance: 0,
      drift: 0,
    });
    expect(relation(weights, "dense/kernel")).toMatchObject({
      part: "head",
      relation: "none",
      distance: null,
      drift: null,
    });
    expect(weights.registry).toEqual(["sample"]);
    expect(weights.randomBase).toBeNull();
  });

  it("measures how far trained tensors have moved", () => {
    const weights = weightsOf(trainedFurther(whole, ["block5_conv"], 0.002));
    expect(weights.checkpoint).toMatchObject({ identical: 29, changed: 1, unrelated: 0 });
    const kernel = relation(weights, "block5_conv/kernel");
    expect(kernel).toMatchObject({ relation: "changed", drift: expect.closeTo(0.002, 6) });
    expect(kernel?.distance).toBeGreaterThan(0.05);
    expect(kernel?.distance).toBeLessThan(0.2);
  });

  it("calls a kernel unrelated of which nothing is left, but a statistic only changed", () => {
    const weights = weightsOf(trainedFurther(whole, ["block5_conv", "block4_bn"], 5));
    expect(relation(weights, "block5_conv/kernel")?.relation).toBe("unrelated");
    expect(relation(weights, "block4_bn/moving_mean")?.relation).toBe("changed");
  });

  it("finds the place of moved layers between layers that stayed, in both directions", () => {
    const weights = weightsOf(
      trainedFurther(whole, ["block0_conv", "block0_bn", "block3_conv", "block5_conv", "block5_bn"], 0.001),
    );
    expect(weights.checkpoint).toMatchObject({ compared: 30, identical: 19, changed: 11 });
  });

  it("finds a moved layer by its name when its neighbours are gone", () => {
    const wide = checkpointOf(whole);
    const tensors = [
      ...wide.tensors.filter(({ layer }) => layer !== "block2_conv"),
      ...wide.tensors.filter(({ layer }) => layer === "block2_conv"),
    ];
    const weights = weightsOf(trainedFurther(whole, ["block2_conv"], 0.001), [{ ...wide, tensors }]);
    expect(relation(weights, "block2_conv/kernel")?.relation).toBe("changed");
  });

  it("compares nothing with a checkpoint of another network", () => {
    const weights = weightsOf(buildModel([input, ...baseSpecs(6), ...headSpecs(48)], 99));
    expect(weights.checkpoint).toBeNull();
    expect(relation(weights, "block0_conv/kernel")?.relation).toBe("none");
  });

  it("sees that a base was never trained by its BatchNormalization", () => {
    const model = buildModel([input, ...baseSpecs(6, "net"), ...headSpecs(48)], 3, {}, fresh);
    expect(weightsOf(model).randomBase).toBe(
      "Every BatchNormalization layer of the base (6) still has mean 0 and variance 1, as at creation.",
    );
  });

  it("sees that a base was never trained by the spread of its kernels", () => {
    const plain = baseSpecs(8, "net").filter((spec) => spec.class !== "BatchNormalization");
    const model = buildModel([input, ...plain, ...headSpecs(64)], 3, {}, fresh);
    expect(weightsOf(model).randomBase).toMatch(/^\d of \d kernels of the base have exactly the spread/);
  });

  it("does not take a trained base of unknown origin for a random one", () => {
    expect(
      weightsOf(buildModel([input, ...baseSpecs(6, "net"), ...headSpecs(48)], 3), []).randomBase,
    ).toBeNull();
  });

  it("does not judge a base without kernels large enough", () => {
    expect(
      weightsOf(buildModel([input, ...baseSpecs(1, "net"), ...headSpecs(8)], 3), []).randomBase,
    ).toBeNull();
  });

  it("breaks a tie between checkpoints by the kernels that are near", () => {
    const moved = trainedFurther(whole, ["block5_conv"], 0.001);
    const short = {
      ...checkpoint,
      name: "short",
      tensors: checkpoint.tensors.filter(({ layer }) => !/^block5/.test(layer)),
    };
    expect(weightsOf(moved, [short, checkpoint]).checkpoint?.name).toBe("sample");
  });

  it("compares nothing where samples are missing", () => {
    const broken: ModelFacts = {
      ...whole,
      weights: whole.weights.map((weight) =>
        weight.layer === "block5_conv" ? { ...weight, sha256: "0".repeat(64), samples: [] } : weight,
      ),
    };
    expect(relation(weightsOf(broken), "block5_conv/kernel")).toMatchObject({
      relation: "unrelated",
      distance: null,
    });
  });

  it("counts a tensor that the checkpoint's layer lacks as unknown", () => {
    const partial = {
      ...checkpoint,
      tensors: checkpoint.tensors.map((tensor) =>
        tensor.path === "block1_conv/kernel" ? { ...tensor, slot: "depthwise_kernel" } : tensor,
      ),
    };
    expect(weightsOf(whole, [partial]).checkpoint).toMatchObject({ compared: 29, identical: 29 });
  });

  it("counts tensors of a layer that the checkpoint does not know as unknown", () => {
    const partial = {
      ...checkpoint,
      tensors: checkpoint.tensors.filter((tensor) => tensor.layer !== "block1_bn"),
    };
    expect(weightsOf(whole, [partial]).checkpoint).toMatchObject({ compared: 26 });
  });
});

describe("compareBytes", () => {
  const compare = (model: ModelFacts) => {
    const structure = deriveStructure([model], [checkpoint]);
    return compareBytes(structure, deriveWeights([model], structure, [checkpoint]));
  };
  const statistics = (model: ModelFacts): ModelFacts => {
    const moved = trainedFurther(model, ["block2_bn"], 0.01);
    return {
      ...moved,
      weights: moved.weights.map((weight, i) =>
        weight.slot.startsWith("moving_") ? weight : (model.weights[i] ?? weight),
      ),
    };
  };

  it("excuses statistics that TensorFlow.js moves in a frozen layer", () => {
    expect(compare(statistics(whole))).toMatchObject({
      compared: 30,
      same: 28,
      moved: [],
      excused: [{}, {}],
    });
  });

  it("excuses nothing in Keras, where a frozen layer keeps its statistics", () => {
    expect(compare(statistics({ ...whole, runtime: "keras-3" }))).toMatchObject({
      same: 28,
      moved: [{}, {}],
      excused: [],
    });
  });

  it("excuses nothing where more than the statistics moved", () => {
    expect(compare(trainedFurther(whole, ["block2_bn"], 0.01))?.excused).toEqual([]);
  });

  it("has nothing to compare without a checkpoint", () => {
    const structure = deriveStructure([whole], []);
    expect(compareBytes(structure, deriveWeights([whole], structure, []))).toBeNull();
  });
});

describe("deriveOptimizer", () => {
  const optimizer = {
    class: "Adam",
    learningRate: 1e-3,
    schedule: null,
    iterations: 4,
    trained: ["dense/kernel"],
    unmatched: [],
  };

  it("is null for a model saved without one", () => {
    expect(deriveOptimizer([whole])).toBeNull();
  });

  it("names slots by the paths of the composed network", () => {
    const base = buildModel(
      [...baseSpecs(1), { class: "Dense", name: "dense", tensors: { kernel: [8, 8] } }],
      1,
    );
    const head = buildModel(headSpecs(8), 2, { optimizer });
    expect(deriveOptimizer([base, head])?.trained).toEqual(["head/dense/kernel"]);
  });

  it("keeps the base's when the head has none, and tolerates lost slots", () => {
    const base = buildModel(baseSpecs(1), 1, { optimizer });
    expect(deriveOptimizer([base, buildModel(headSpecs(8), 2)])).toEqual(optimizer);
    const head = buildModel(headSpecs(8), 2, { optimizer: { ...optimizer, trained: null } });
    expect(deriveOptimizer([base, head])?.trained).toBeNull();
  });
});
