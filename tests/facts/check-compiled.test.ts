import { describe, expect, it } from "vitest";
import { sampleOptimizer, samplePhase, sampleStructure, sampleWeights } from "../../graders/case-evidence.js";
import type { OptimizerFacts, Phase, Structure } from "../../src/contract/index.js";
import { checkCompiled } from "../../src/facts/check-compiled.js";
import { trainingPhases } from "../../src/facts/index.js";

function check(fit: Partial<Phase>, loss: Structure["loss"], optimizer: Partial<OptimizerFacts> | null = {}) {
  const phases = { fits: [samplePhase(["head"], fit)], customSteps: 0, checks: [] };
  const [phase] = trainingPhases(phases, sampleWeights());
  if (!phase) throw new Error("no phase");
  return checkCompiled(
    phase,
    sampleStructure({ loss }),
    optimizer && { ...sampleOptimizer(["head"]), ...optimizer },
  );
}

const CROSS = { name: "categorical_crossentropy", fromLogits: false };

describe("what the last phase was compiled with, held against the file", () => {
  it("names optimizer, loss and form of the outputs", () => {
    expect(check({}, CROSS)).toEqual({
      claim: "The last phase was compiled with Adam, categoricalCrossentropy, outputs taken as probabilities",
      against: "The model was saved with Adam, categorical_crossentropy, outputs taken as probabilities",
      result: "agrees",
    });
  });

  it.each([
    ["the name that tf.keras 2 registers Adam under", {}, CROSS, { class: "Custom>Adam" }, "agrees"],
    [
      "a short name of a loss",
      { loss: "mse" },
      { name: "mean_squared_error", fromLogits: false },
      {},
      "agrees",
    ],
    ["another optimizer", {}, CROSS, { class: "SGD" }, "contradicts"],
    ["another loss", {}, { name: "mean_squared_error", fromLogits: false }, {}, "contradicts"],
    ["logits", {}, { ...CROSS, fromLogits: true }, {}, "contradicts"],
    ["a function of one's own", { loss: "focal" }, { name: "function", fromLogits: null }, {}, "agrees"],
    ["neither", {}, null, null, "unchecked"],
  ] as const)("meets %s", (_, fit, loss, optimizer, result) => {
    expect(check(fit, loss, optimizer).result).toBe(result);
  });
});
