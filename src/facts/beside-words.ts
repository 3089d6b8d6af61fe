import type { Baselines } from "../contract/index.js";
import { betterOrWorse, pairedWords } from "./mcnemar.js";
import { rate } from "./wording.js";

const OUTCOMES = {
  better: "Measurably better than the linear probe",
  worse:
    "Measurably worse than the linear probe on the same base: training made less of the base than a single layer does",
  neither: "Not to be told apart from the linear probe",
} as const;

/** What an accuracy means beside that of a linear probe, in sentences; none where there is no probe. */
export function besideWords({ paired, spread }: Baselines): string[] {
  const probe = paired?.linearProbe;
  return [
    ...(probe ? [`${OUTCOMES[betterOrWorse(probe)]}: ${pairedWords(probe)}.`] : []),
    ...(spread
      ? [
          `Fitted anew to ${spread.seeds} draws of the training images, the probe reaches ${rate(spread.mean)} ± ${rate(spread.deviation)}: a smaller difference means little.`,
        ]
      : []),
  ];
}
