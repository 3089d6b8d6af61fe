import type { Structure } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { sampleOptimizer, samplePhase, samplePhases, sampleStructure } from "../case-evidence.js";

const plain = sampleStructure();
const withHead = (
  change: (layer: Structure["layers"][number]) => Structure["layers"][number],
): Structure => ({
  ...plain,
  layers: plain.layers.map((layer) => (layer.name === "dense_1" ? change(layer) : layer)),
});
const dropout = withHead((layer) => ({
  ...layer,
  class: "Dropout",
  name: "dropout",
  settings: { rate: 0.3 },
}));
const regularised = (value: unknown): Structure =>
  withHead((layer) => ({ ...layer, settings: { kernel_regularizer: value } }));
const stopped = samplePhases([samplePhase(["head"], { callbacks: ["EarlyStopping", "History"] })]);

export const CASES: readonly Case[] = [
  {
    name: "dropout in the head",
    evidence: { structure: dropout },
    expect: { score: 1, proof: "proved", says: /dropout/ },
  },
  {
    name: "dropout of nothing",
    evidence: { structure: withHead((layer) => ({ ...layer, class: "Dropout", settings: { rate: 0 } })) },
    expect: { score: 0, advises: /Dropout layer/ },
  },
  {
    name: "an L2 regulariser",
    evidence: { structure: regularised({ class: "L2", l2: 0.01 }) },
    expect: { score: 1, says: /regulariser on dense_1/ },
  },
  {
    name: "an L2 regulariser of no strength",
    evidence: { structure: regularised({ class: "L2", l2: 0 }) },
    expect: { score: 0 },
  },
  { name: "a regulariser by name", evidence: { structure: regularised("l2") }, expect: { score: 1 } },
  { name: "no regulariser", evidence: { structure: regularised(null) }, expect: { score: 0 } },
  {
    name: "an optimizer with weight decay",
    evidence: { structure: plain, optimizer: sampleOptimizer(["head"], { class: "AdamW" }) },
    expect: { score: 1 },
  },
  {
    name: "an optimizer without",
    evidence: { structure: plain, optimizer: sampleOptimizer(["head"]) },
    expect: { score: 0 },
  },
  {
    name: "early stopping, as the record tells",
    evidence: { structure: plain, phases: stopped },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "augmentation does not count by default",
    evidence: { structure: sampleStructure({ augmentation: ["RandomFlip"] }) },
    expect: { score: 0 },
  },
  {
    name: "augmentation where it counts",
    evidence: { structure: sampleStructure({ augmentation: ["RandomFlip"] }) },
    options: { accept: ["augmentation"] },
    expect: { score: 1 },
  },
  {
    name: "one means of two",
    evidence: { structure: dropout },
    options: { atLeast: 2 },
    expect: { score: 0.5 },
  },
  {
    name: "two means of two",
    evidence: { structure: dropout, phases: stopped },
    options: { atLeast: 2 },
    expect: { score: 1 },
  },
  {
    name: "more means than asked for",
    evidence: { structure: dropout, phases: stopped },
    expect: { score: 1 },
  },
];
