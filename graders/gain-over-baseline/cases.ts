import type { Paired } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const baselines = { majority: 0.4, randomBase: 0.45, linearProbe: null };
const at = (correct: number): Case["evidence"] => ({ heldOut: sampleAccuracy(correct, 200), baselines });
const beside = (pairs: Paired): Case["evidence"] => ({
  heldOut: sampleAccuracy(150, 200),
  baselines: { ...baselines, linearProbe: 0.7, paired: { randomBase: pairs, linearProbe: pairs } },
});
const mcnemar = { over: "linear-probe", test: "mcnemar" };
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
  {
    name: "by McNemar, exactly at the chance that counts as worse",
    // 1 won, 7 lost: 2 x (1 + 8) / 2^8 = 0.0703.
    evidence: beside({ images: 200, won: 1, lost: 7 }),
    options: { ...mcnemar, confidence: 1 - 0.0703125 / 2 },
    expect: { score: 1, says: /not to be told apart/ },
  },
  {
    name: "by McNemar, just beyond it",
    evidence: beside({ images: 200, won: 1, lost: 7 }),
    options: mcnemar,
    expect: { score: 0, proof: "proved", says: /measurably worse .*1 image won, 7 lost, p = 0\.070/ },
  },
  {
    name: "by McNemar, just short of it",
    evidence: beside({ images: 200, won: 1, lost: 6 }),
    options: mcnemar,
    expect: { score: 1, says: /not to be told apart from a linear probe/ },
  },
  {
    name: "by McNemar, measurably better",
    evidence: beside({ images: 200, won: 31, lost: 12 }),
    options: mcnemar,
    expect: { score: 1, says: /measurably better .*31 images won, 12 lost, p = 0\.005/ },
  },
  {
    name: "by McNemar, the same answers everywhere",
    evidence: beside({ images: 200, won: 0, lost: 0 }),
    options: mcnemar,
    expect: { score: 1, says: /p = 1\.000/ },
  },
  {
    name: "by McNemar over a random base",
    evidence: beside({ images: 200, won: 90, lost: 2 }),
    options: { ...mcnemar, over: "random-base" },
    expect: { score: 1, says: /p < 0\.001/ },
  },
  {
    name: "by McNemar over the largest class",
    evidence: { heldOut: sampleAccuracy(20, 200), baselines },
    options: { ...mcnemar, over: "majority" },
    expect: { score: 0, says: /13 images won, 60 lost/ },
  },
  {
    name: "by McNemar over the largest class, which is not the first",
    evidence: {
      heldOut: sampleAccuracy(40, 60, {
        confusion: [
          [8, 2, 0],
          [5, 25, 0],
          [8, 5, 7],
        ],
      }),
      baselines,
    },
    options: { ...mcnemar, over: "majority" },
    expect: { score: 1, says: /15 images won, 5 lost/ },
  },
  {
    name: "by McNemar over answers that were not kept",
    evidence: at(110),
    options: { ...mcnemar, over: "random-base" },
    expect: { outcome: "ungraded", says: /not kept, image by image/ },
  },
  {
    name: "by McNemar over a probe whose answers were not kept",
    evidence: { heldOut: sampleAccuracy(150, 200), baselines: { ...baselines, linearProbe: 0.7 } },
    options: mcnemar,
    expect: { outcome: "ungraded", says: /not kept/ },
  },
];
