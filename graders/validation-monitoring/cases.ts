import type { Phase } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { samplePhase, samplePhases, sampleStructure } from "../case-evidence.js";

const structure = sampleStructure();
const fits = (...validation: Phase["validation"][]): Case["evidence"] => ({
  structure,
  phases: samplePhases(validation.map((one) => samplePhase(["head"], { validation: one }))),
});

export const CASES: readonly Case[] = [
  {
    name: "validation data in every fit",
    evidence: fits("data", "split"),
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "in one fit of two",
    evidence: fits("data", "none"),
    expect: { score: 0.5, advises: /validationData/ },
  },
  { name: "in none", evidence: fits("none"), expect: { score: 0 } },
  { name: "not told", evidence: fits("data", "unknown"), expect: { outcome: "ungraded" } },
  {
    name: "not told, but seen in the history",
    evidence: {
      structure,
      phases: samplePhases([samplePhase(["head"], { validation: "unknown", history: { val_loss: [1] } })]),
    },
    expect: { score: 1 },
  },
  { name: "nothing was trained", evidence: { structure, phases: samplePhases([]) }, expect: { score: 0 } },
  {
    name: "a loop of one's own",
    evidence: { structure, phases: samplePhases([], { customSteps: 5 }) },
    expect: { outcome: "ungraded" },
  },
  { name: "no record", evidence: { structure }, expect: { outcome: "ungraded" } },
];
