import type { Case } from "../case.js";
import { samplePhase, samplePhases, sampleStructure } from "../case-evidence.js";

const structure = sampleStructure();
const told = samplePhases([
  samplePhase(["head"]),
  samplePhase(["head"], { augmentation: "ImageDataGenerator(rotation_range)" }),
]);

export const CASES: readonly Case[] = [
  {
    name: "layers in the network",
    evidence: { structure: sampleStructure({ augmentation: ["RandomFlip", "RandomRotation"] }) },
    expect: { score: 1, proof: "proved", says: /RandomFlip and RandomRotation/ },
  },
  {
    name: "a generator, as the record tells",
    evidence: { structure, phases: told },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "none seen: a person looks",
    evidence: { structure, phases: samplePhases([samplePhase(["head"])]) },
    expect: { outcome: "ungraded", says: /a person must look/ },
  },
  {
    name: "none seen where that counts nothing",
    evidence: { structure },
    options: { whenNotSeen: "zero" },
    expect: { score: 0, advises: /flipLeftRight/ },
  },
];
