import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const at = (heldOut: number, shifted: number): Case["evidence"] => ({
  heldOut: sampleAccuracy(heldOut, 200),
  shifted: sampleAccuracy(shifted, 200),
});
const point = { maxDrop: 0.1, compare: "point" };

export const CASES: readonly Case[] = [
  {
    name: "just under the largest loss",
    evidence: at(160, 141),
    options: point,
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "just over the largest loss",
    evidence: at(160, 139),
    options: point,
    expect: { score: 0, advises: /open fewer layers/ },
  },
  {
    name: "just over the largest loss, but not measurably",
    evidence: at(160, 139),
    options: { maxDrop: 0.1 },
    expect: { score: 1 },
  },
  {
    name: "half way down",
    evidence: at(160, 130),
    options: { ...point, partialTo: 0.2 },
    expect: { score: 0.5 },
  },
  { name: "better elsewhere", evidence: at(150, 160), expect: { score: 1, says: /no loss/ } },
  { name: "lost altogether", evidence: at(180, 40), expect: { score: 0, says: /0\.70 less/ } },
  {
    name: "no such images",
    evidence: { heldOut: sampleAccuracy(150, 200) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "no better than the largest class at home, so nothing to lose",
    evidence: at(67, 67),
    expect: { score: 0, says: /nothing to lose elsewhere/, advises: /ordinary images first/ },
  },
  { name: "one image better than that", evidence: at(68, 66), expect: { score: 1, says: /0\.01\d? less/ } },
];
