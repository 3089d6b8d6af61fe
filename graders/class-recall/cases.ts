import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const counts = (...confusion: number[][]): Case["evidence"] => {
  const n = confusion.flat().reduce((sum, count) => sum + count, 0);
  return { heldOut: sampleAccuracy(0, n, { confusion }) };
};
const point = { compare: "point" };

export const CASES: readonly Case[] = [
  {
    name: "every class exactly at the bar",
    evidence: counts([5, 5, 0], [5, 5, 0], [0, 5, 5]),
    options: point,
    expect: { score: 1, proof: "proved", says: /Each of 3 classes/ },
  },
  {
    name: "one class just under the bar",
    evidence: counts([49, 51, 0], [0, 99, 1], [0, 0, 100]),
    options: point,
    expect: {
      score: 2 / 3,
      says: /animals is recognised too rarely/,
      advises: /animals is mostly taken for food/,
    },
  },
  {
    name: "one class just over the bar",
    evidence: counts([51, 49, 0], [0, 99, 1], [0, 0, 100]),
    options: point,
    expect: { score: 1 },
  },
  {
    name: "just under the bar, but not measurably",
    evidence: counts([49, 51, 0], [0, 99, 1], [0, 0, 100]),
    expect: { score: 1 },
  },
  {
    name: "two classes never recognised",
    evidence: counts([0, 0, 60], [0, 0, 60], [0, 0, 60]),
    expect: { score: 1 / 3, says: /animals and food are recognised too rarely/ },
  },
  {
    name: "the last class is the rarest",
    evidence: counts([9, 1, 0], [0, 8, 2], [6, 3, 1]),
    options: point,
    expect: { score: 2 / 3, says: /the rarest is travel with 1 of 10/, advises: /taken for animals/ },
  },
  {
    name: "a class without images is left out",
    evidence: counts([10, 0, 0], [0, 10, 0], [0, 0, 0]),
    expect: { score: 1, says: /Each of 2 classes/ },
  },
];
