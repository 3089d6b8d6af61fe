import { Type } from "@sinclair/typebox";
import { defineGrader, type RunFacts, type Structure, type Verdict } from "../../src/contract/index.js";
import { Bound } from "../options.js";
import { measured, notApplicable, parsed, scored } from "../verdicts.js";

/** Parameters, time and memory within what the assignment allows. */
export default defineGrader({
  id: "size-budget",
  title: "Size and time",
  why: "A network has to fit where it will run, and training has to fit the time there is.",
  needs: ["structure"],
  uses: ["run"],
  options: Type.Object(
    {
      maxParameters: Bound("Most parameters of the whole network; null for any."),
      maxSeconds: Bound(
        "Most seconds of the program, without those for which others kept it from the processors; null for any.",
      ),
      maxMemoryMb: Bound("Most memory of the program, MB; null for any."),
    },
    { additionalProperties: false },
  ),
  grade({ structure, run }, options): Verdict {
    const budgets = [
      budget(
        "parameters",
        parametersOf(structure),
        options.maxParameters,
        "Use a smaller base, or global average pooling instead of Flatten.",
      ),
      ...(run?.executed ? ofRun(run, options) : []),
    ].filter((one) => one !== null);
    if (budgets.length === 0) return notApplicable("No budget is set for what was measured here.");
    const over = budgets.filter((one) => !one.kept);
    return scored({
      score: 1 - over.length / budgets.length,
      found: `${budgets.map((one) => `${one.value} ${one.unit}`).join(", ")}.`,
      expected: `At most ${budgets.map((one) => `${one.most} ${one.unit}`).join(", ")}`,
      advice: over.map((one) => one.advice).join(" "),
      proof: "proved",
      details: budgets.map((one) =>
        (one.unit === "parameters" ? parsed : measured)(one.unit, String(one.value)),
      ),
    });
  },
});

interface Budget {
  unit: string;
  value: number;
  most: number;
  kept: boolean;
  advice: string;
}

function budget(unit: string, value: number, most: number | null, advice: string): Budget | null {
  return most === null ? null : { unit, value, most, kept: value <= most, advice };
}

const parametersOf = ({ layers }: Structure): number =>
  layers.reduce((sum, layer) => sum + layer.parameters, 0);

function ofRun(
  run: RunFacts,
  { maxSeconds, maxMemoryMb }: { maxSeconds: number | null; maxMemoryMb: number | null },
): (Budget | null)[] {
  return [
    budget(
      "seconds",
      Math.round((run.wallMs - (run.lostMs ?? 0)) / 100) / 10,
      maxSeconds,
      "Compute the features of the frozen base once, and train for fewer epochs.",
    ),
    budget(
      "MB of memory",
      Math.round(run.peakMemoryMb),
      maxMemoryMb,
      "Use smaller batches and dispose tensors you no longer need.",
    ),
  ];
}
