import type { Case } from "../case.js";
import {
  ALL_BASE,
  fineTuning,
  pathsOf,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../case-evidence.js";

const structure = sampleStructure();
const weights = sampleWeights({ changed: ["block4_conv"] });
const head = samplePhase(["head"]);
const both = ["head", "block4_conv"];
const forgotten = samplePhase(both, {
  recompiled: false,
  trained: pathsOf(["head"]),
  declaredAtCompile: pathsOf(["head"]),
});

export const CASES: readonly Case[] = [
  {
    name: "compiled again before fine-tuning",
    evidence: { structure, weights, phases: samplePhases([head, fineTuning(["block4_conv"])]) },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "compiled again, and the slots agree",
    evidence: {
      structure,
      weights,
      phases: samplePhases([head, fineTuning(["block4_conv"])]),
      optimizer: sampleOptimizer(both),
    },
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "opened after the compile it ran under",
    evidence: { structure, weights, phases: samplePhases([head, forgotten]) },
    expect: { score: 0, says: /Before phase 2/, advises: /Call `compile` again/ },
  },
  {
    name: "opened after compile, and the slots agree",
    evidence: {
      structure,
      weights,
      phases: samplePhases([head, forgotten]),
      optimizer: sampleOptimizer(["head"]),
    },
    expect: { score: 0, proof: "consistent" },
  },
  {
    name: "opened without any compile since the phase before",
    evidence: {
      structure,
      weights,
      phases: samplePhases([head, samplePhase(both, { recompiled: false, declaredAtCompile: null })]),
    },
    expect: { score: 0 },
  },
  {
    name: "compiled again as the record says, whatever was declared then",
    evidence: {
      structure,
      weights,
      phases: samplePhases([head, samplePhase(both, { recompiled: true, declaredAtCompile: null })]),
    },
    expect: { score: 1 },
  },
  {
    name: "frozen after the first compile",
    evidence: {
      structure,
      weights,
      phases: samplePhases([samplePhase(["head"], { declaredAtCompile: pathsOf(["head", ...ALL_BASE]) })]),
    },
    expect: { score: 0, says: /Before phase 1/ },
  },
  {
    name: "one phase only",
    evidence: { structure, weights, phases: samplePhases([head]) },
    expect: { score: 0, says: /one phase/ },
  },
  {
    name: "one phase only, where that is out of the sum",
    evidence: { structure, weights, phases: samplePhases([head]) },
    options: { whenNothingChanged: "not-applicable" },
    expect: { outcome: "not-applicable" },
  },
  {
    name: "one fit an epoch is one phase",
    evidence: {
      structure,
      weights,
      phases: samplePhases([head, samplePhase(["head"], { recompiled: false })]),
    },
    options: { whenNothingChanged: "not-applicable" },
    expect: { outcome: "not-applicable" },
  },
  {
    name: "nothing was trained",
    evidence: { structure, weights, phases: samplePhases([]) },
    expect: { score: 0 },
  },
  {
    name: "a loop of one's own has no compile",
    evidence: { structure, weights, phases: samplePhases([], { customSteps: 5 }) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "slots that do not fit the flags, without a record",
    evidence: {
      structure,
      weights: sampleWeights({ frozen: ALL_BASE }),
      optimizer: sampleOptimizer(["head", ...ALL_BASE]),
    },
    expect: { score: 0, proof: "proved", says: /optimizer has slots for 16/ },
  },
  {
    name: "slots that fit the flags, without a record",
    evidence: {
      structure,
      weights: sampleWeights({ frozen: ALL_BASE }),
      optimizer: sampleOptimizer(["head"]),
    },
    expect: { outcome: "ungraded", says: /one file cannot show/ },
  },
  {
    name: "a saved optimizer that made no step, without a record",
    evidence: { structure, weights, optimizer: sampleOptimizer([], { iterations: 0 }) },
    expect: { outcome: "ungraded", says: /made no step/ },
  },
  { name: "no record and no optimizer", evidence: { structure, weights }, expect: { outcome: "ungraded" } },
  {
    name: "no record and no flags",
    evidence: { structure, weights: sampleWeights({ frozen: null }), optimizer: sampleOptimizer(["head"]) },
    expect: { outcome: "ungraded" },
  },
];
