import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const gap = (training: number, heldOut: number): Case["evidence"] => ({
  training: sampleAccuracy(training, 200),
  heldOut: sampleAccuracy(heldOut, 200),
});
const point = { maxGap: 0.1, compare: "point" };

export const CASES: readonly Case[] = [
  {
    name: "just under the largest gap",
    evidence: gap(179, 160),
    options: point,
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "just over the largest gap",
    evidence: gap(181, 160),
    options: point,
    expect: { score: 0, advises: /augmentation or dropout/ },
  },
  {
    name: "half way down a ramp",
    evidence: gap(190, 160),
    options: { ...point, partialTo: 0.2 },
    expect: { score: 0.5 },
  },
  {
    name: "over the largest gap, but not measurably",
    evidence: gap(181, 160),
    options: { maxGap: 0.1 },
    expect: { score: 1, says: /may be as small as 0\.0\d, so you keep the points/ },
  },
  {
    name: "measurably over the largest gap",
    evidence: gap(200, 150),
    options: { maxGap: 0.1 },
    expect: { score: 0, says: /0\.25 better on training images/ },
  },
  {
    name: "better on unseen images",
    evidence: gap(150, 170),
    expect: { score: 1, says: /No better on training images/ },
  },
  {
    name: "no gap at all",
    evidence: gap(150, 150),
    options: { maxGap: 0, compare: "point" },
    expect: { score: 1 },
  },
  {
    name: "nothing learned, so no gap to speak of",
    evidence: gap(67, 66),
    expect: { score: 0, says: /its gap means nothing/, advises: /learn the training images first/ },
  },
  { name: "hardly more than the largest class learned", evidence: gap(68, 66), expect: { score: 1 } },
  {
    name: "training images were not predicted",
    evidence: { heldOut: sampleAccuracy(150, 200) },
    expect: { outcome: "ungraded", says: /training/ },
  },
];
