import type { Structure } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { samplePhase, samplePhases, sampleStructure } from "../case-evidence.js";

const compiled = (
  name: string,
  fromLogits: boolean | null = null,
  head: Partial<Structure["head"]> = {},
): Case["evidence"] => ({
  structure: sampleStructure({ loss: { name, fromLogits }, head: { ...sampleStructure().head, ...head } }),
});
const one = { units: 1, activation: "sigmoid" };
const binaryClasses = ["cat", "dog"];

export const CASES: readonly Case[] = [
  {
    name: "softmax and categorical cross-entropy",
    evidence: compiled("categoricalCrossentropy"),
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "softmax and the sparse form, in Python's spelling",
    evidence: compiled("sparse_categorical_crossentropy", false),
    expect: { score: 1 },
  },
  {
    name: "softmax applied twice",
    evidence: compiled("SparseCategoricalCrossentropy", true),
    expect: { score: 0, says: /applied twice/, advises: /Leave out the softmax/ },
  },
  {
    name: "raw scores read as such",
    evidence: compiled("CategoricalCrossentropy", true, { activation: "linear" }),
    expect: { score: 1 },
  },
  {
    name: "raw scores read as probabilities",
    evidence: compiled("CategoricalCrossentropy", false, { activation: null }),
    expect: { score: 0, says: /raw scores/, advises: /softmax/ },
  },
  {
    name: "relu read as probabilities",
    evidence: compiled("categoricalCrossentropy", null, { activation: "relu" }),
    expect: { score: 0, says: /relu values/ },
  },
  {
    name: "TensorFlow.js's own softmax loss on raw scores",
    evidence: compiled("softmaxCrossEntropy", null, { activation: "linear" }),
    expect: { score: 1 },
  },
  {
    name: "TensorFlow.js's own softmax loss on softmax",
    evidence: compiled("softmaxCrossEntropy"),
    expect: { score: 0 },
  },
  {
    name: "sigmoid for one of several classes",
    evidence: compiled("categoricalCrossentropy", null, { activation: "sigmoid" }),
    expect: { score: 0, says: /do not sum to 1/ },
  },
  {
    name: "binary cross-entropy for one of several classes",
    evidence: compiled("binary_crossentropy"),
    expect: { score: 0, says: /its own yes or no/ },
  },
  {
    name: "one sigmoid output for two classes",
    evidence: compiled("binaryCrossentropy", null, one),
    classes: binaryClasses,
    expect: { score: 1 },
  },
  {
    name: "one raw output read as such",
    evidence: compiled("sigmoidCrossEntropy", null, { units: 1, activation: "linear" }),
    classes: binaryClasses,
    expect: { score: 1 },
  },
  {
    name: "one sigmoid output read as a raw score",
    evidence: compiled("BinaryCrossentropy", true, one),
    classes: binaryClasses,
    expect: { score: 0, advises: /sigmoid/ },
  },
  {
    name: "softmax over a single output",
    evidence: compiled("binaryCrossentropy", null, { units: 1, activation: "softmax" }),
    classes: binaryClasses,
    expect: { score: 0, says: /always 1/ },
  },
  {
    name: "categorical loss over a single output",
    evidence: compiled("categoricalCrossentropy", null, one),
    classes: binaryClasses,
    expect: { score: 0 },
  },
  {
    name: "a squared error is not made for classes",
    evidence: compiled("meanSquaredError"),
    expect: { score: 0, advises: /categoricalCrossentropy/ },
  },
  {
    name: "a squared error for two classes",
    evidence: compiled("mse", null, { units: null }),
    classes: binaryClasses,
    expect: { score: 0, advises: /a cross-entropy loss/ },
  },
  {
    name: "a squared error that the rubric accepts",
    evidence: compiled("meanSquaredError"),
    options: { alsoAccept: ["MeanSquaredError"] },
    expect: { score: 1 },
  },
  {
    name: "outputs unknown: as many as classes",
    evidence: compiled("categoricalCrossentropy", null, { units: null }),
    expect: { score: 1 },
  },
  {
    name: "the last fit tells what the file does not",
    evidence: { structure: sampleStructure({ loss: null }), phases: samplePhases([samplePhase(["head"])]) },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "nobody names a loss",
    evidence: {
      structure: sampleStructure({ loss: null }),
      phases: samplePhases([samplePhase(["head"], { loss: null })]),
    },
    expect: { outcome: "ungraded" },
  },
  {
    name: "no loss and no record",
    evidence: { structure: sampleStructure({ loss: null }) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "an absurd number of outputs counts as unknown",
    evidence: compiled("categoricalCrossentropy", null, { units: 1.5 }),
    expect: { score: 1, says: /with unknown outputs/ },
  },
  {
    name: "no output at all counts as unknown",
    evidence: compiled("categoricalCrossentropy", null, { units: 0 }),
    expect: { score: 1, says: /with unknown outputs/ },
  },
];
