import { describe, expect, it } from "vitest";
import {
  fineTuning,
  pathsOf,
  samplePhase,
  samplePhases,
  sampleWeights,
} from "../../graders/case-evidence.js";
import type {
  KeptTensor,
  KeptWeights,
  ModelFacts,
  Phase,
  Phases,
  Weights,
} from "../../src/contract/index.js";
import { checkMoves } from "../../src/facts/check-moves.js";
import { deriveMoves } from "../../src/facts/index.js";
import { baseSpecs, buildModel, checkpointOf, headSpecs, trainedFurther } from "./build-model.js";

const SAVED = "a".repeat(64);
const OTHER = "b".repeat(64);
const block4 = pathsOf(["block4_conv"]);
const head = pathsOf(["head"]);

const moved = (paths: readonly string[], drift: number | null, sha256 = SAVED): NonNullable<Phase["moved"]> =>
  paths.map((path) => ({ path, sha256, drift }));

/** The saved model, every tensor of which has the hash SAVED. */
const weights: Weights = {
  ...sampleWeights({ changed: ["block4_conv"] }),
  tensors: sampleWeights({ changed: ["block4_conv"] }).tensors.map((one) => ({ ...one, sha256: SAVED })),
};

const tuned = (first: Partial<Phase>, second: Partial<Phase>, more: Partial<Phases> = {}): Phases =>
  samplePhases([samplePhase(["head"], first), fineTuning(["block4_conv"], second)], more);

const honest = tuned(
  { moved: moved(head, null, OTHER), begun: { compared: 20, identical: 20 } },
  { moved: [...moved(head, 1e-5), ...moved(block4, 1e-4)] },
);

describe("the bytes kept after each fit", () => {
  it("agree with an honest record, with each other and with the saved model", () => {
    expect(checkMoves(honest, weights)).toEqual([
      {
        claim: "Training began with 20 weights of the base",
        against: "20 of them equal the checkpoint",
        result: "agrees",
      },
      {
        claim: "Phase 1 trained 4 weights and no other",
        against: "The bytes kept after it differ in 4 weights, all among these",
        result: "agrees",
      },
      {
        claim: "Phase 2 trained 5 weights and no other",
        against: "The bytes kept after it differ in 5 weights, all among these",
        result: "agrees",
      },
      {
        claim: "At its rate and steps, phase 2 can move a weight by at most 0.001268",
        against: "The bytes kept after it lie up to 1e-4 from those before",
        result: "agrees",
      },
      {
        claim: "Training left 5 weights with bytes that were kept",
        against: "5 of them are in the saved model",
        result: "agrees",
      },
    ]);
  });

  const results = (phases: Phases): string[] =>
    checkMoves(phases, weights)
      .filter(({ result }) => result !== "agrees")
      .map(({ claim, result }) => `${claim.replace(/ \d+ weights?.*/, "")}: ${result}`);

  const [first, second] = honest.fits as [Phase, Phase];
  it.each<[string, Phases, string[]]>([
    [
      "began from other weights than the checkpoint",
      samplePhases([{ ...first, begun: { compared: 20, identical: 3 } }, second]),
      ["Training began with: contradicts"],
    ],
    [
      "moved the base in the phase that is said to have kept it frozen",
      samplePhases([{ ...first, moved: [...moved(head, null, OTHER), ...moved(block4, 1e-4)] }, second]),
      ["Phase 1 trained: contradicts"],
    ],
    [
      "moved further than its rate allows",
      samplePhases([first, { ...second, moved: moved([...head, ...block4], 0.01) }]),
      ["At its rate and steps, phase 2 can move a weight by at most 0.001268: contradicts"],
    ],
    [
      "left other bytes than are in the saved model",
      samplePhases([first, { ...second, moved: moved([...head, ...block4], 1e-5, OTHER) }]),
      ["Training left: contradicts"],
    ],
    [
      "left other bytes, but the model was loaded again afterwards",
      samplePhases([first, { ...second, moved: moved([...head, ...block4], 1e-5, OTHER) }], {
        replaced: true,
      }),
      ["Training left: unchecked"],
    ],
    [
      "was followed by a loop of one's own",
      samplePhases([first, { ...second, moved: moved([...head, ...block4], 1e-5, OTHER) }], {
        customSteps: 3,
      }),
      ["Training left: unchecked"],
    ],
    [
      "moved more than could be kept",
      samplePhases([first, { ...second, moved: null }]),
      ["Phase 2 trained: unchecked", "Training left: unchecked"],
    ],
    [
      "moved statistics of a frozen layer, and weights the saved model does not have",
      samplePhases([
        {
          ...first,
          moved: [...moved(head, null, OTHER), ...moved(["block1_bn/moving_mean", "gone/kernel"], 9)],
        },
        second,
      ]),
      [],
    ],
    [
      "sets no bound, because the steps of its optimizer follow the gradient",
      samplePhases([first, { ...second, optimizer: "SGD", moved: moved([...head, ...block4], 9) }]),
      [],
    ],
    ["kept nothing", samplePhases([samplePhase(["head"])]), []],
    ["never was", samplePhases([]), []],
  ])("say so where training %s", (_, phases, expected) => {
    expect(results(phases)).toEqual(expected);
  });
});

describe("deriveMoves", () => {
  const start = buildModel([...baseSpecs(4), ...headSpecs(32)], 1);
  const checkpoint = checkpointOf(buildModel(baseSpecs(4), 1));
  const afterFirst = trainedFurther(start, ["dense"], 0.1);
  const saved = trainedFurther(afterFirst, ["dense", "block3_conv"], 0.01);
  const tensorsOf = (model: ModelFacts, layers: readonly string[]): KeptTensor[] =>
    model.weights.filter(({ layer }) => layers.includes(layer));
  const kept = (more: Partial<KeptWeights>): KeptWeights => ({
    moved: [],
    begin: {},
    replaced: false,
    files: new Map(),
    ...more,
  });
  const fits = samplePhases([samplePhase([]), samplePhase([])]);
  const begin = Object.fromEntries(start.weights.map(({ path, sha256 }) => [path, sha256]));

  it("measures each weight from where it was before: at the checkpoint, or after the fit before", () => {
    const moves = [tensorsOf(afterFirst, ["dense"]), tensorsOf(saved, ["dense", "block3_conv"])];
    const phases = deriveMoves(fits, kept({ moved: moves, begin }), [saved], [checkpoint]);
    expect(phases.replaced).toBe(false);
    const [first, second] = phases.fits;
    expect(first?.begun).toEqual({ compared: 20, identical: 20 });
    expect(second?.begun).toBeUndefined();
    expect(first?.moved?.map(({ path, drift }) => [path, drift])).toEqual([
      ["dense/kernel", null],
      ["dense/bias", null],
    ]);
    expect(second?.moved).toMatchObject([
      { path: "block3_conv/kernel", drift: expect.closeTo(0.01, 6) },
      { path: "dense/kernel", drift: expect.closeTo(0.01, 6) },
      { path: "dense/bias", drift: expect.closeTo(0.01, 6) },
    ]);
  });

  it("counts the base weights that training did not begin with", () => {
    const other = { ...begin, "block0_conv/kernel": OTHER };
    const phases = deriveMoves(fits, kept({ begin: other }), [saved], [checkpoint]);
    expect(phases.fits[0]?.begun).toEqual({ compared: 20, identical: 19 });
    expect(phases.fits.map((fit) => fit.moved)).toEqual([null, null]);
  });

  it("has nothing to compare with where no checkpoint is known", () => {
    const moves = [tensorsOf(saved, ["block3_conv"]), []];
    const phases = deriveMoves(fits, kept({ moved: moves, begin }), [saved], []);
    expect(phases.fits[0]?.begun).toBeUndefined();
    expect(phases.fits[0]?.moved).toMatchObject([{ path: "block3_conv/kernel", drift: null }]);
  });
});
