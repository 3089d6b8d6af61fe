import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const constant = {
  confusion: [
    [0, 0, 80],
    [0, 0, 60],
    [0, 0, 60],
  ],
};
const permuted = {
  confusion: [
    [5, 70, 5],
    [3, 2, 55],
    [50, 6, 4],
  ],
};

export const CASES: readonly Case[] = [
  {
    name: "exactly at the bar",
    evidence: { heldOut: sampleAccuracy(160, 200) },
    options: { threshold: 0.8, compare: "point" },
    expect: { score: 1, proof: "proved", says: /160 of 200 unseen images are right: 0\.80/ },
  },
  {
    name: "one image over the bar",
    evidence: { heldOut: sampleAccuracy(161, 200) },
    options: { threshold: 0.8, compare: "point" },
    expect: { score: 1 },
  },
  {
    name: "one image under the bar, by the point",
    evidence: { heldOut: sampleAccuracy(159, 200) },
    options: { threshold: 0.8, compare: "point" },
    expect: { score: 0 },
  },
  {
    name: "one image under the bar, by the interval: the benefit of the doubt is said",
    evidence: { heldOut: sampleAccuracy(159, 200) },
    options: { threshold: 0.8 },
    expect: {
      score: 1,
      says: /0\.80 lies inside the interval \(between 0\.74 and 0\.84\), so you keep the points/,
    },
  },
  {
    name: "151 of 200 is the fewest that 0.80 forgives",
    evidence: { heldOut: sampleAccuracy(151, 200) },
    options: { threshold: 0.8 },
    expect: { score: 1 },
  },
  {
    name: "150 of 200 is measurably below 0.80",
    evidence: { heldOut: sampleAccuracy(150, 200) },
    options: { threshold: 0.8 },
    expect: { score: 0, advises: /Even the upper bound/ },
  },
  {
    name: "half of a ramp",
    evidence: { heldOut: sampleAccuracy(140, 200) },
    options: { threshold: 0.8, partialFrom: 0.6, compare: "point" },
    expect: { score: 0.5 },
  },
  {
    name: "at the foot of a ramp",
    evidence: { heldOut: sampleAccuracy(120, 200) },
    options: { threshold: 0.8, partialFrom: 0.6, compare: "point" },
    expect: { score: 0 },
  },
  {
    name: "one answer for everything",
    evidence: { heldOut: sampleAccuracy(60, 200, constant) },
    expect: { score: 0, advises: /answers "travel" for every image/ },
  },
  {
    name: "right answers in another order of classes",
    evidence: { heldOut: sampleAccuracy(11, 200, permuted) },
    expect: { score: 0, advises: /another order of classes/ },
  },
  {
    name: "nothing right",
    evidence: { heldOut: sampleAccuracy(0, 200) },
    options: { compare: "point" },
    expect: { score: 0 },
  },
  {
    name: "all of one image right",
    evidence: { heldOut: sampleAccuracy(1, 1) },
    options: { threshold: 1 },
    expect: { score: 1 },
  },
  {
    name: "a bar of zero is met by anything",
    evidence: { heldOut: sampleAccuracy(0, 3) },
    options: { threshold: 0 },
    expect: { score: 1 },
  },
];
