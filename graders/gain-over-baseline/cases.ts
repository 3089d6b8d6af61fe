import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const baselines = { majority: 0.4, randomBase: 0.45, linearProbe: null };
const at = (correct: number): Case["evidence"] => ({ heldOut: sampleAccuracy(correct, 200), baselines });
const point = { compare: "point" };

export const CASES: readonly Case[] = [
  {
    name: "exactly the gain asked for",
    evidence: { heldOut: sampleAccuracy(150, 200), baselines: { ...baselines, majority: 0.5 } },
    options: { ...point, minGain: 0.25 },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "just under it",
    evidence: at(99),
    options: point,
    expect: { score: 0, advises: /Train the head longer/ },
  },
  {
    name: "just over it",
    evidence: at(101),
    options: point,
    expect: { score: 1, says: /0\.1\d more than always answering/ },
  },
  { name: "just under it, but not measurably", evidence: at(99), expect: { score: 1 } },
  { name: "half way", evidence: at(90), options: { ...point, partialFrom: 0 }, expect: { score: 0.5 } },
  {
    name: "worse than the baseline",
    evidence: at(40),
    expect: { score: 0, says: /0\.20 less/, advises: /no better than this baseline/ },
  },
  {
    name: "over a random base",
    evidence: at(110),
    options: { ...point, over: "random-base" },
    expect: { score: 1 },
  },
  {
    name: "over a probe that nobody measured",
    evidence: at(110),
    options: { over: "linear-probe" },
    expect: { outcome: "ungraded" },
  },
];
