import { describe, expect, it } from "vitest";
import {
  fineTuning,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleWeights,
} from "../../graders/case-evidence.js";
import type { Phase, Weights } from "../../src/contract/index.js";
import { madeNoStep, selectPhase, trainingPhases, wasNeverTrained } from "../../src/facts/index.js";
import { weightNames } from "../../src/facts/weight-names.js";

const weights = sampleWeights();
const phasesOf = (...fits: Phase[]) => trainingPhases(samplePhases(fits), weights);

describe("trainingPhases", () => {
  it("makes one phase of each compile with other weights or another rate", () => {
    const training = phasesOf(samplePhase(["head"]), fineTuning(["block4_conv"]));
    expect(
      training.map(({ number, epochs, steps, learningRate }) => ({ number, epochs, steps, learningRate })),
    ).toEqual([
      { number: 1, epochs: 5, steps: 40, learningRate: { first: 1e-3, last: 1e-3 } },
      { number: 2, epochs: 5, steps: 40, learningRate: { first: 1e-5, last: 1e-5 } },
    ]);
    expect(training[1]?.trained.map((tensor) => tensor.path)).toContain("block4_conv/kernel");
  });

  it("makes one phase of one fit an epoch in a loop", () => {
    const one = samplePhase(["head"], {
      epochs: { asked: 1, run: 1 },
      steps: 8,
      changed: ["dense_1/kernel"],
    });
    const training = phasesOf(
      one,
      { ...one, recompiled: false, learningRate: { first: 1e-3, last: 5e-4 } },
      { ...one, recompiled: true },
    );
    expect(training).toHaveLength(1);
    expect(training[0]).toMatchObject({ epochs: 3, steps: 24, learningRate: { first: 1e-3, last: 1e-3 } });
    expect(training[0]?.changed?.map((tensor) => tensor.path)).toEqual(["dense_1/kernel"]);
  });

  it("begins a new phase when the same weights are compiled at another rate", () => {
    const again = samplePhase(["head"], { recompiled: true, learningRate: { first: 1e-4, last: 1e-4 } });
    expect(phasesOf(samplePhase(["head"]), again)).toHaveLength(2);
  });

  it("leaves out fits of networks that were not handed in", () => {
    const other = samplePhase([], { weights: ["other/kernel", "other/bias"], trained: ["other/kernel"] });
    expect(phasesOf(other, samplePhase(["head"]))).toHaveLength(1);
  });

  it("keeps a fit that named no weights", () => {
    expect(phasesOf(samplePhase([], { weights: [] }))).toHaveLength(1);
  });

  it("does not make up what was not told", () => {
    const [phase] = phasesOf(
      samplePhase(["head"], { steps: null, learningRate: null, declaredAtCompile: null, cutShort: "time" }),
    );
    expect(phase).toMatchObject({
      steps: null,
      learningRate: null,
      declaredAtCompile: null,
      changed: null,
      cutShort: "time",
    });
  });

  it("is asked for by number or for the last", () => {
    const training = phasesOf(samplePhase(["head"]), fineTuning([]));
    expect(selectPhase(training, 1)?.number).toBe(1);
    expect(selectPhase(training, "last")?.number).toBe(2);
    expect(selectPhase(training, 3)).toBeNull();
    expect(selectPhase([], "last")).toBeNull();
  });
});

describe("weightNames", () => {
  const [first, second] = weights.tensors as [Weights["tensors"][number], Weights["tensors"][number]];
  const find = weightNames([
    { ...first, path: "net/conv/kernel", printed: "net_conv_kernel" },
    { ...second, path: "other/conv/kernel", printed: "other/conv/kernel" },
    { ...second, path: "net/dense/kernel", printed: "net/dense/kernel" },
  ]);

  it.each([
    ["net/conv/kernel", "net/conv/kernel"],
    ["net_conv_kernel", "net/conv/kernel"],
    ["dense/kernel", "net/dense/kernel"],
    ["sequential/dense/kernel:0", "net/dense/kernel"],
  ])("finds %s", (name, path) => {
    expect(find(name)?.path).toBe(path);
  });

  it("finds nothing by a short name that two weights share", () => {
    expect(find("conv/kernel")).toBeNull();
  });
});

describe("that nothing was trained", () => {
  it.each([
    ["is said by a record without fits", samplePhases([]), true],
    ["is not said by a record of a custom loop", samplePhases([], { customSteps: 3 }), false],
    ["is not said by a record with a fit", samplePhases([samplePhase([])]), false],
    ["is not said without a record", null, false],
  ])("%s", (_, phases, never) => {
    expect(wasNeverTrained(phases)).toBe(never);
  });

  it.each([
    ["may be so by an optimizer without steps", null, sampleOptimizer([], { iterations: 0 }), true],
    ["is not so by an optimizer with steps", null, sampleOptimizer([]), false],
    ["is open without an optimizer", null, null, false],
    [
      "is for the record to say, where there is one",
      samplePhases([]),
      sampleOptimizer([], { iterations: 0 }),
      false,
    ],
  ])("%s", (_, phases, optimizer, open) => {
    expect(madeNoStep(phases, optimizer)).toBe(open);
  });
});
