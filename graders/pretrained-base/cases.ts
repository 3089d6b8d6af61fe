import type { Case } from "../case.js";
import { ALL_BASE, sampleStructure, sampleWeights } from "../case-evidence.js";

const structure = sampleStructure();
const familyOf = (family: string) =>
  sampleStructure({ base: structure.base && { ...structure.base, family } });

export const CASES: readonly Case[] = [
  {
    name: "the checkpoint to the bit",
    evidence: { structure, weights: sampleWeights() },
    expect: { score: 1, proof: "proved", says: /20 of 20 tensors equal The sample base to the bit/ },
  },
  {
    name: "the checkpoint that was asked for",
    evidence: { structure, weights: sampleWeights() },
    options: { checkpoint: "sample" },
    expect: { score: 1 },
  },
  {
    name: "another checkpoint than asked for",
    evidence: { structure, weights: sampleWeights() },
    options: { checkpoint: "mobilenet" },
    expect: { score: 0, advises: /Load mobilenet/ },
  },
  {
    name: "an architecture that is accepted",
    evidence: { structure, weights: sampleWeights() },
    options: { families: ["VGG", "Sample"] },
    expect: { score: 1 },
  },
  {
    name: "an architecture accepted in any size",
    evidence: { structure: familyOf("ResNet50V2"), weights: sampleWeights() },
    options: { families: ["ResNet"] },
    expect: { score: 1 },
  },
  {
    name: "an architecture recognised without its size",
    evidence: { structure: familyOf("EfficientNetLite"), weights: sampleWeights() },
    options: { families: ["EfficientNetLite0"] },
    expect: { score: 1 },
  },
  {
    name: "another architecture with a longer name",
    evidence: { structure: familyOf("MobileNetV2"), weights: sampleWeights() },
    options: { families: ["MobileNet", "VGG16"] },
    expect: { score: 0, says: /The base is MobileNetV2/, advises: /MobileNet or VGG16/ },
  },
  {
    name: "no base where an architecture is asked for",
    evidence: { structure: sampleStructure({ base: null }), weights: sampleWeights({ checkpoint: false }) },
    options: { families: ["VGG16"] },
    expect: { score: 0, says: /No pretrained base was recognised/ },
  },
  {
    name: "trained further throughout",
    evidence: { structure, weights: sampleWeights({ changed: ALL_BASE }) },
    expect: { score: 1, says: /20 were trained further from it; 0 have/ },
  },
  {
    name: "only moving statistics drifted",
    evidence: { structure, weights: sampleWeights({ statistics: ["block1_bn", "block2_bn"] }) },
    expect: { score: 1, says: /^16 of 20 tensors .*; 4 moving statistics drifted in training; 0 have/ },
  },
  {
    name: "nine tenths of the checkpoint left",
    evidence: { structure, weights: sampleWeights({ unrelated: ["block1_conv", "block2_conv"] }) },
    expect: { score: 1, says: /2 have nothing of it/ },
  },
  {
    name: "just under nine tenths left",
    evidence: {
      structure,
      weights: sampleWeights({ unrelated: ["block1_conv", "block2_conv", "block3_conv"] }),
    },
    expect: { score: 0.875, advises: /learning rate far too high/ },
  },
  {
    name: "half of the checkpoint left",
    evidence: {
      structure,
      weights: sampleWeights({ unrelated: ["block1_bn", "block2_bn", "block1_conv", "block2_conv"] }),
    },
    expect: { score: 0 },
  },
  {
    name: "random weights in a known architecture",
    evidence: {
      structure,
      weights: sampleWeights({
        checkpoint: false,
        randomBase:
          "All 4 BatchNormalization layers of the base still have mean 0 and variance 1, as at creation.",
      }),
    },
    expect: { score: 0, proof: "proved", says: /mean 0 and variance 1/, advises: /not on a new one/ },
  },
  {
    name: "weights from elsewhere",
    evidence: { structure, weights: sampleWeights({ checkpoint: false }) },
    expect: { score: 0, says: /No tensor equals or comes near sample/ },
  },
  {
    name: "no base at all",
    evidence: { structure: sampleStructure({ base: null }), weights: sampleWeights({ checkpoint: false }) },
    expect: { score: 0, says: /No pretrained base was recognised/ },
  },
  {
    name: "nothing registered to compare with",
    evidence: { structure, weights: sampleWeights({ checkpoint: false, registry: [] }) },
    expect: { outcome: "ungraded", says: /No checkpoint is registered/ },
  },
];
