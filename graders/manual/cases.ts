import type { Case } from "../case.js";
import { sampleAccuracy, sampleStructure } from "../case-evidence.js";

export const CASES: readonly Case[] = [
  {
    name: "nothing a program can find decides what a person judges",
    evidence: { structure: sampleStructure(), heldOut: sampleAccuracy(191, 191) },
    expect: { outcome: "ungraded", says: /A person gives these points/ },
  },
  {
    name: "without any evidence it waits just the same",
    evidence: {},
    options: { asks: "A report of two pages" },
    expect: { outcome: "ungraded", says: /has not done so yet/ },
  },
];
