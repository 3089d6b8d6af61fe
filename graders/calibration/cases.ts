import type { Case } from "../case.js";
import { sampleAccuracy } from "../case-evidence.js";

const at = (calibrationError: number | null, n = 600): Case["evidence"] => ({
  heldOut: sampleAccuracy(400, n, { calibrationError }),
});

export const CASES: readonly Case[] = [
  { name: "exactly at the largest error", evidence: at(0.1), expect: { score: 1, proof: "proved" } },
  { name: "just over the largest error", evidence: at(0.11), expect: { score: 0, advises: /temperature/ } },
  { name: "half way down", evidence: at(0.15), options: { partialTo: 0.2 }, expect: { score: 0.5 } },
  { name: "perfect", evidence: at(0), expect: { score: 1 } },
  { name: "raw scores", evidence: at(null), expect: { score: 0, advises: /softmax/ } },
  {
    name: "one image too few",
    evidence: at(0.5, 499),
    expect: { outcome: "not-applicable", says: /499 unseen images/ },
  },
  { name: "just enough images", evidence: at(0.05, 500), expect: { score: 1 } },
];
