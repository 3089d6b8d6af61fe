import { describe, expect, it } from "vitest";
import {
  ALL_BASE,
  fineTuning,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../../graders/case-evidence.js";
import type { OptimizerFacts, Phases, Weights } from "../../src/contract/index.js";
import { crossCheck } from "../../src/facts/index.js";

const KEYS = ["slots", "steps", "rate", "drift", "untouched", "flags", "compiled"] as const;
const structure = sampleStructure({ runtime: "keras-3" });
const tuned = samplePhases([samplePhase(["head"]), fineTuning(["block4_conv"])]);
const tunedWeights = sampleWeights({
  changed: ["block4_conv"],
  frozen: ALL_BASE.filter((name) => name !== "block4_conv"),
});
const tunedOptimizer = sampleOptimizer(["head", "block4_conv"], { learningRate: 1e-5 });

function results(phases: Phases, weights: Weights, optimizer: OptimizerFacts | null, runtime = structure) {
  const checks = crossCheck(phases, runtime, weights, optimizer);
  return Object.fromEntries(checks.map((check, index) => [KEYS[index], check.result]));
}

const AGREES = {
  slots: "agrees",
  steps: "agrees",
  rate: "agrees",
  drift: "agrees",
  untouched: "agrees",
  flags: "agrees",
  compiled: "agrees",
};

describe("crossCheck", () => {
  it("agrees throughout with an honest record of fine-tuning", () => {
    expect(results(tuned, tunedWeights, tunedOptimizer)).toEqual(AGREES);
  });

  it("says in words what was held against what", () => {
    expect(crossCheck(tuned, structure, tunedWeights, tunedOptimizer).slice(0, 4)).toEqual([
      {
        claim: "The last phase trained 5 weights",
        against: "The saved optimizer keeps slots for 5 weights",
        result: "agrees",
      },
      {
        claim: "Training took 80 steps in all",
        against: "The saved optimizer has counted 40 steps since it was made",
        result: "agrees",
      },
      {
        claim: "The last learning rate was 1e-5",
        against: "The saved optimizer has a learning rate of 1e-5",
        result: "agrees",
      },
      {
        claim: "At these learning rates and steps a base weight can move by at most 0.001268",
        against: "The largest movement found is 1e-4",
        result: "agrees",
      },
    ]);
  });

  it.each<[string, Partial<typeof AGREES>, Partial<OptimizerFacts>]>([
    ["slots for other weights", { slots: "contradicts" }, { trained: ["dense_1/kernel"] }],
    ["slots that fit no weight", { slots: "contradicts" }, { unmatched: [[3]] }],
    ["slots that were not saved", { slots: "unchecked" }, { trained: null }],
    ["more steps than were told", { steps: "contradicts" }, { iterations: 4000 }],
    ["the steps of both phases, when one optimizer served both", {}, { iterations: 80 }],
    ["a step counter that was not saved", { steps: "unchecked" }, { iterations: null }],
    ["another learning rate", { rate: "contradicts" }, { learningRate: 1e-2 }],
    ["a learning rate hidden by a schedule", { rate: "unchecked" }, { learningRate: null }],
    ["float32 noise in the rate", {}, { learningRate: 9.999999747378752e-6 }],
  ])("meets an optimizer with %s", (_, expected, more) => {
    expect(results(tuned, tunedWeights, { ...tunedOptimizer, ...more })).toEqual({ ...AGREES, ...expected });
  });

  it("leaves unchecked what only a saved optimizer could show", () => {
    expect(results(tuned, tunedWeights, null)).toEqual({
      ...AGREES,
      slots: "unchecked",
      steps: "unchecked",
      rate: "unchecked",
    });
  });

  it("finds weights that moved further than the rate can have moved them", () => {
    const far = sampleWeights({
      changed: ["block4_conv"],
      drift: 0.01,
      frozen: ALL_BASE.filter((name) => name !== "block4_conv"),
    });
    expect(results(tuned, far, tunedOptimizer)).toEqual({ ...AGREES, drift: "contradicts" });
  });

  it("sets no bound for an optimizer whose steps follow the gradient, or without steps or rate", () => {
    for (const more of [{ optimizer: "SGD" }, { steps: null }, { learningRate: null }]) {
      const phases = samplePhases([samplePhase(["head"]), fineTuning(["block4_conv"], more)]);
      expect(results(phases, tunedWeights, tunedOptimizer)["drift"]).toBe("unchecked");
    }
  });

  it("finds a base that moved although no phase opened it", () => {
    const moved = sampleWeights({ changed: ["block1_conv"], frozen: ALL_BASE, drift: 1e-4 });
    const optimizer = sampleOptimizer(["head"]);
    expect(results(samplePhases([samplePhase(["head"])]), moved, optimizer)).toEqual({
      ...AGREES,
      drift: "contradicts",
      untouched: "contradicts",
    });
  });

  it("has no weight to compare where the phases trained all of the base", () => {
    const opened = samplePhases([samplePhase([...ALL_BASE, "head"])]);
    const checks = crossCheck(opened, structure, sampleWeights({ changed: ALL_BASE }), null);
    expect(checks[KEYS.indexOf("untouched")]).toEqual({
      claim: "The phases trained every weight of the base",
      against: "No weight is left that must equal the checkpoint",
      result: "unchecked",
    });
  });

  it("does not accuse where a loop of one's own may have done it", () => {
    const moved = sampleWeights({ changed: ["block1_conv"], frozen: ALL_BASE });
    const phases = samplePhases([samplePhase(["head"])], { customSteps: 7 });
    expect(results(phases, moved, sampleOptimizer(["head"]))).toMatchObject({
      steps: "unchecked",
      untouched: "unchecked",
    });
  });

  it("does not accuse the file of an earlier epoch of having counted fewer steps", () => {
    const best = { ...tunedOptimizer, iterations: 24 };
    expect(results({ ...tuned, replaced: true }, tunedWeights, best)).toEqual({
      ...AGREES,
      steps: "unchecked",
    });
    expect(results({ ...tuned, replaced: true }, tunedWeights, { ...best, iterations: 4000 })).toMatchObject({
      steps: "contradicts",
    });
  });

  it("has nothing to compare without a checkpoint", () => {
    const unknown = sampleWeights({ checkpoint: false, frozen: ALL_BASE });
    expect(results(samplePhases([samplePhase(["head"])]), unknown, sampleOptimizer(["head"]))).toEqual({
      ...AGREES,
      drift: "unchecked",
      untouched: "unchecked",
    });
  });

  it("finds flags that do not fit, but not in TensorFlow.js, which loses the flag of a nested model", () => {
    const flags = sampleWeights({ changed: ["block4_conv"] });
    expect(results(tuned, flags, tunedOptimizer)["flags"]).toBe("contradicts");
    expect(results(tuned, flags, tunedOptimizer, sampleStructure())["flags"]).toBe("unchecked");
    expect(results(tuned, sampleWeights({ frozen: null }), tunedOptimizer)["flags"]).toBe("unchecked");
  });

  it("computes steps from epochs and batches where they were not counted", () => {
    const uncounted = samplePhases([samplePhase(["head"], { steps: null })]);
    const frozen = sampleWeights({ frozen: ALL_BASE });
    expect(results(uncounted, frozen, sampleOptimizer(["head"]))["steps"]).toBe("agrees");
    for (const more of [{ samples: null }, { batchSize: null }]) {
      const unknown = samplePhases([samplePhase(["head"], { steps: null, ...more }), samplePhase(["head"])]);
      expect(results(unknown, frozen, sampleOptimizer(["head"]))["steps"]).toBe("unchecked");
    }
  });

  it("leaves a rate that was not told unchecked", () => {
    const untold = samplePhases([samplePhase(["head"], { learningRate: null })]);
    expect(results(untold, sampleWeights({ frozen: ALL_BASE }), sampleOptimizer(["head"]))["rate"]).toBe(
      "unchecked",
    );
    expect(results(untold, sampleWeights({ frozen: ALL_BASE }), null)["rate"]).toBe("unchecked");
  });

  it("has nothing to say where nothing was fitted", () => {
    expect(crossCheck(samplePhases([]), structure, tunedWeights, tunedOptimizer)).toEqual([]);
  });
});
