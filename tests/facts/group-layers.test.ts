import { describe, expect, it } from "vitest";
import {
  ALL_BASE,
  fineTuning,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../../graders/case-evidence.js";
import type { LayerGroup, Structure } from "../../src/contract/index.js";
import { deriveStructure, deriveWeights, frostLine, groupLayers, timeline } from "../../src/facts/index.js";
import { baseSpecs, buildModel, checkpointOf, headSpecs, input, trainedFurther } from "./build-model.js";

const structure = sampleStructure();
const titles = (groups: readonly LayerGroup[]): string =>
  groups.map((group) => `${group.title}:${group.state}`).join(" ");

/** A structure of weighted base layers with these names. */
function named(names: readonly string[]): { structure: Structure; groups: LayerGroup[] } {
  const model = buildModel(
    names.map((name) => ({ class: "Conv2D", name, tensors: { kernel: [1, 1, 3, 3] } })),
    1,
  );
  const made = deriveStructure([model], [checkpointOf(model)]);
  return { structure: made, groups: groupLayers(made, deriveWeights([model], made, [checkpointOf(model)])) };
}

describe("groupLayers", () => {
  it("draws blocks as bars with what happened to them", () => {
    const groups = groupLayers(
      structure,
      sampleWeights({ changed: ["block4_conv"], statistics: ["block1_bn"] }),
    );
    expect(titles(groups)).toBe(
      "input:none block1:frozen block2:frozen block3:frozen block4:mixed dense_1:trained dense_2:trained",
    );
    expect(groups[4]).toEqual({
      title: "block4",
      part: "base",
      layers: 3,
      parameters: 104,
      state: "mixed",
      tensors: 5,
      identical: 4,
    });
    expect(groups.reduce((sum, group) => sum + group.layers, 0)).toBe(structure.layers.length);
  });

  it("takes moved statistics for training outside TensorFlow.js", () => {
    const groups = groupLayers(
      sampleStructure({ runtime: "keras-3" }),
      sampleWeights({ statistics: ["block1_bn"] }),
    );
    expect(groups[1]?.state).toBe("mixed");
  });

  it("goes by the flags where no checkpoint is known, and takes a head for trained where there are none", () => {
    expect(
      titles(
        groupLayers(
          structure,
          sampleWeights({ checkpoint: false, frozen: [...ALL_BASE.slice(0, 6), "dense_1"] }),
        ),
      ),
    ).toBe(
      "input:none block1:frozen block2:frozen block3:frozen block4:trained dense_1:frozen dense_2:trained",
    );
    expect(titles(groupLayers(structure, sampleWeights({ checkpoint: false, frozen: null })))).toMatch(
      /block4:frozen dense_1:trained/,
    );
  });

  it.each([
    ["stem_conv stem_bn block0_dw block0_bn1 block10_project", "stem block0 block10"],
    [
      "conv1_conv conv1_bn conv2_block1_1_conv conv2_block1_2_conv conv5_block3_out",
      "stem conv2_block1 conv5_block3",
    ],
    ["conv1 conv1_bn conv_dw_1 conv_dw_1_bn conv_pw_1 conv_pw_1_bn conv_pw_13", "stem conv_1 conv_13"],
    [
      "Conv1 bn_Conv1 expanded_conv_depthwise block_1_expand block_16_project Conv_1",
      "stem expanded block_1 block_16 stem",
    ],
    ["block1_conv1 block1_conv2 block5_conv3", "block1 block5"],
    ["block2a_expand_conv block2b_expand_conv top_conv", "block2a block2b top"],
    [
      "conv2d batch_normalization conv2d_1 batch_normalization_1 depthwise_conv2d_2",
      "conv2d_0 conv2d_1 conv2d_2",
    ],
    ["123 _x", "123 _x"],
  ])("groups %s by block", (names, expected) => {
    expect(
      named(names.split(" "))
        .groups.map((group) => group.title)
        .join(" "),
    ).toBe(expected);
  });

  it("never draws more than 16 bars, and joins what is in the same state", () => {
    const { groups } = named(Array.from({ length: 40 }, (_, index) => `conv2d_${index}`));
    expect(groups).toHaveLength(16);
    expect(groups[0]?.title).toMatch(/^conv2d_0 to conv2d_\d+$/);
    expect(groups.reduce((sum, group) => sum + group.layers, 0)).toBe(40);
  });

  it("keeps the border between frozen and trained when it joins bars", () => {
    const base = buildModel(baseSpecs(24), 1);
    const model = trainedFurther(base, ["block23_conv", "block22_conv"], 0.001);
    const made = deriveStructure([model], [checkpointOf(base)]);
    const groups = groupLayers(made, deriveWeights([model], made, [checkpointOf(base)]));
    expect(groups).toHaveLength(16);
    expect(groups.slice(-3).map((group) => group.state)).toEqual(["frozen", "mixed", "mixed"]);
  });

  it("draws a long head as one bar", () => {
    const dense = Array.from({ length: 6 }, (_, index) => ({
      class: "Dense",
      name: `dense_${index}`,
      tensors: { kernel: [3, 3] },
    }));
    const base = buildModel(baseSpecs(3), 1);
    const model = buildModel([input, ...baseSpecs(3), ...dense], 1);
    const made = deriveStructure([model], [checkpointOf(base)]);
    const groups = groupLayers(made, deriveWeights([model], made, [checkpointOf(base)]));
    expect(titles(groups)).toBe("input:none block0:frozen block1:frozen block2:frozen head:trained");
  });

  it("draws a head without weights, and layers after the last weights of one", () => {
    const base = buildModel(baseSpecs(3), 1);
    const bare = buildModel([...baseSpecs(3), { class: "Flatten", name: "flat" }], 1);
    const made = deriveStructure([bare], [checkpointOf(base)]);
    expect(titles(groupLayers(made, deriveWeights([bare], made, [checkpointOf(base)])))).toMatch(
      / head:none$/,
    );
    const ending = buildModel([...baseSpecs(3), ...headSpecs(24), { class: "Softmax", name: "softmax" }], 1);
    const other = deriveStructure([ending], [checkpointOf(base)]);
    expect(groupLayers(other, deriveWeights([ending], other, [checkpointOf(base)])).at(-1)).toMatchObject({
      title: "dense",
      layers: 4,
    });
  });
});

describe("frostLine", () => {
  it("lies before the first bar that was opened", () => {
    const weights = sampleWeights({ changed: ["block3_conv", "block3_bn", "block4_conv"] });
    expect(frostLine(groupLayers(structure, weights), weights)).toEqual({
      after: 3,
      proof: "10 of 10 tensors before it equal The sample base to the bit",
    });
  });

  it("lies before the head when all of the base is frozen", () => {
    expect(frostLine(groupLayers(structure, sampleWeights()), sampleWeights())?.after).toBe(5);
  });

  it("is not there when the first layers were trained", () => {
    const weights = sampleWeights({ changed: ALL_BASE });
    expect(frostLine(groupLayers(structure, weights), weights)).toBeNull();
  });

  it("says when only flags show it", () => {
    const weights = sampleWeights({ checkpoint: false, frozen: ALL_BASE });
    expect(frostLine(groupLayers(structure, weights), weights)?.proof).toMatch(/by the saved flags/);
  });

  it("ends a network that is only a base", () => {
    const { groups } = named(["a1_conv", "a2_conv", "a3_conv"]);
    expect(frostLine(groups, sampleWeights())?.after).toBe(3);
  });
});

describe("timeline", () => {
  const weights = sampleWeights({ changed: ["block4_conv"] });
  const groups = groupLayers(structure, weights);
  const drawn = (...fits: Parameters<typeof samplePhases>[0]) =>
    timeline(samplePhases(fits), structure, weights, groups);

  it("shows which bars each phase opened", () => {
    expect(drawn(samplePhase(["head"]), fineTuning(["block4_conv"]))).toEqual([
      {
        title: "Phase 1",
        open: [5, 6],
        optimizer: "Adam",
        learningRate: "0.001",
        epochs: "5",
        samples: 241,
        recompiled: null,
        cutShort: null,
      },
      {
        title: "Phase 2",
        open: [4, 5, 6],
        optimizer: "Adam",
        learningRate: "1e-5",
        epochs: "5",
        samples: 241,
        recompiled: true,
        cutShort: null,
      },
    ]);
  });

  it("shows a falling rate and a training that was stopped", () => {
    const [phase] = drawn(
      samplePhase(["head"], {
        learningRate: { first: 1e-3, last: 1e-6 },
        epochs: { asked: 20, run: 7 },
        cutShort: "45 seconds",
      }),
    );
    expect(phase).toMatchObject({ learningRate: "0.001 to 1e-6", epochs: "7 of 20", cutShort: "45 seconds" });
    expect(drawn(samplePhase(["head"], { learningRate: null }))[0]?.learningRate).toBe("unknown");
  });
});
