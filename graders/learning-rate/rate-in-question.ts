import type { Detail, OptimizerFacts, Verdict } from "../../src/contract/index.js";
import { plural, selectPhase, stepSize, type TrainingPhase } from "../../src/facts/index.js";
import { claimed, parsed, scored } from "../verdicts.js";

/** The rate that is judged, and where it is known from. */
export interface RateInQuestion {
  where: string;
  rate: number;
  previous: number | null;
  /** The phase is the last one, whose optimizer the file may hold. */
  isLast: boolean;
  fromFile: boolean;
  details: Detail[];
}

export interface RateBounds {
  min: number | null;
  max: number | null;
  maxRatioToPrevious: number | null;
}

export function rateOfPhase(
  training: readonly TrainingPhase[],
  which: number | "last",
): RateInQuestion | null {
  const phase = selectPhase(training, which);
  if (!phase?.learningRate) return null;
  const { first, last } = phase.learningRate;
  const course = first === last ? stepSize(first) : `${stepSize(first)} falling to ${stepSize(last)}`;
  return {
    where: `Phase ${phase.number}`,
    rate: first,
    previous: training[phase.number - 2]?.learningRate?.last ?? null,
    isLast: phase.number === training.length,
    fromFile: false,
    details: [
      claimed(
        `Phase ${phase.number}`,
        `${phase.fits[0].optimizer}, ${course}, ${plural(phase.epochs, "epoch")}`,
      ),
    ],
  };
}

export function rateOfFile(optimizer: OptimizerFacts | null, which: number | "last"): RateInQuestion | null {
  if (which !== "last" || optimizer?.learningRate == null) return null;
  const { class: name, learningRate: rate } = optimizer;
  return {
    where: "The saved optimizer",
    rate,
    previous: null,
    isLast: true,
    fromFile: true,
    details: [parsed("Saved optimizer", `${name}, ${stepSize(rate)}`)],
  };
}

export function noSuchPhase(asked: number, count: number, expected: string): Verdict {
  return scored({
    score: 0,
    found: `Training had ${plural(count, "phase")}; phase ${asked} is missing.`,
    expected,
    advice:
      "After the head is trained, open the last layers of the base, compile again with a low learning rate, and fit once more.",
    proof: "claimed",
  });
}
