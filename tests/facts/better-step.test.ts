import { describe, expect, it } from "vitest";
import { sampleAccuracy } from "../../graders/case-evidence.js";
import type { Accuracy } from "../../src/contract/index.js";
import { betterStep } from "../../src/facts/index.js";

const answers = (correct: number, logLoss: number | null = null): Accuracy => ({
  ...sampleAccuracy(correct, 96),
  logLoss,
});

describe("the step under which a network answers best", () => {
  it.each([
    ["far more right answers", answers(40), [answers(50), answers(88)], 88],
    ["a few more of them at a far lower loss", answers(80, 0.8), [answers(84, 0.3)], 84],
  ])("is another than the assumed one after %s", (_, likely, others, correct) => {
    expect(betterStep(likely, others)?.correct).toBe(correct);
  });

  it.each([
    ["a few more right answers", answers(80), [answers(84)]],
    ["a few more of them whose loss is known on one side", answers(80, 0.8), [answers(84)]],
    ["a few more of them at much the same loss", answers(80, 0.8), [answers(84, 0.7)]],
    ["a lower loss alone", answers(80, 0.8), [answers(80, 0.1)]],
    ["more of them, of a network that numbers the classes otherwise", answers(4), [answers(24)]],
    ["nothing else that was tried", answers(40), []],
  ])("stays the assumed one after %s", (_, likely, others) => {
    expect(betterStep(likely, others)).toBeNull();
  });
});
