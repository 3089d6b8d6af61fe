import type { Structure } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { sampleStructure } from "../case-evidence.js";

const withHead = (head: Partial<Structure["head"]>): Case["evidence"] => ({
  structure: sampleStructure({ head: { ...sampleStructure().head, ...head } }),
});
const all = { pooling: ["global-average", "global-max"], activation: ["softmax"], maxParameters: 100 };

export const CASES: readonly Case[] = [
  {
    name: "one output a class",
    evidence: withHead({}),
    expect: { score: 1, proof: "proved", says: /3 outputs for 3 classes/ },
  },
  {
    name: "one output too few",
    evidence: withHead({ units: 2 }),
    expect: { score: 0, advises: /dense layer of 3 units/ },
  },
  { name: "one output too many", evidence: withHead({ units: 4 }), expect: { score: 0 } },
  {
    name: "the 1000 outputs of ImageNet",
    evidence: withHead({ units: 1000 }),
    expect: { score: 0, says: /1000 outputs for 3 classes/ },
  },
  {
    name: "a number of units set by the rubric",
    evidence: withHead({ units: 1 }),
    options: { units: 1 },
    classes: ["cat", "dog"],
    expect: { score: 1, says: /1 output for 2 classes/ },
  },
  {
    name: "everything asked for is there",
    evidence: withHead({ parameters: 100 }),
    options: all,
    expect: { score: 1 },
  },
  {
    name: "one parameter too many",
    evidence: withHead({ parameters: 101 }),
    options: all,
    expect: { score: 1 - 1 / 6, advises: /global average pooling/ },
  },
  {
    name: "flattened where pooling was asked for",
    evidence: withHead({ pooling: "flatten" }),
    options: all,
    expect: { score: 1 - 1 / 6, says: /pooling flatten/ },
  },
  {
    name: "no pooling and no activation",
    evidence: withHead({ pooling: null, activation: null }),
    options: { ...all, maxParameters: null },
    expect: { score: 0.5, says: /last activation none/ },
  },
  {
    name: "right outputs, everything else wrong",
    evidence: withHead({ pooling: "flatten", activation: "linear", parameters: 1e9 }),
    options: all,
    expect: { score: 0.5 },
  },
  {
    name: "nothing on top of the base",
    evidence: withHead({ layers: [], units: 3, pooling: null, activation: null }),
    expect: { score: 0, says: /Nothing stands on top/ },
  },
  { name: "outputs unknown", evidence: withHead({ units: null }), expect: { score: 0 } },
];
