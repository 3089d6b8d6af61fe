import type { Case } from "../case.js";
import { sampleAccuracy, samplePhase, samplePhases } from "../case-evidence.js";

const at = (accuracy: number | null, where: string | null = "printed"): Case["evidence"] => ({
  heldOut: sampleAccuracy(140, 200),
  claims: { accuracy, where },
});
/** The one-sided upper bound of 140 in 200 is 0.7503. */
const exact = { tolerance: 0 };

export const CASES: readonly Case[] = [
  { name: "what was measured", evidence: at(0.7), expect: { score: 1, proof: "consistent" } },
  { name: "just under the upper bound", evidence: at(0.75), options: exact, expect: { score: 1 } },
  {
    name: "just over the upper bound",
    evidence: at(0.7505),
    options: exact,
    expect: { score: 0, proof: "contradicted", advises: /Report what `evaluate` gives/ },
  },
  { name: "over the upper bound within the tolerance", evidence: at(0.8), expect: { score: 1 } },
  {
    name: "a figure written by hand",
    evidence: at(0.99, "results.json"),
    expect: { score: 0, says: /wrote to results\.json an accuracy of 0\.99/ },
  },
  { name: "from nowhere in particular", evidence: at(0.99, null), expect: { score: 0, says: /printed/ } },
  {
    name: "the accuracy on training images",
    evidence: {
      ...at(0.95),
      phases: samplePhases([samplePhase(["head"], { history: { accuracy: [0.5, 0.9512] } })]),
    },
    expect: { score: 0, advises: /accuracy on training images/ },
  },
  {
    name: "the same under its older name",
    evidence: {
      ...at(0.95),
      phases: samplePhases([
        samplePhase(["head"], { history: { acc: [0.95] } }),
        samplePhase(["head"], { history: {} }),
      ]),
    },
    expect: { score: 0, advises: /accuracy on training images/ },
  },
  { name: "too modest a figure", evidence: at(0.1), expect: { score: 1 } },
  { name: "nothing reported", evidence: at(null), expect: { outcome: "not-applicable" } },
];
