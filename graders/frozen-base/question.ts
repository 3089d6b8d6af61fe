import type { OptimizerFacts, Runtime, Structure, Weights } from "../../src/contract/index.js";
import { type BaseLayer, inLanguage } from "../../src/facts/index.js";

/** What the three ways of answering share. */
export interface Question {
  structure: Structure;
  weights: Weights;
  optimizer: OptimizerFacts | null;
  layers: readonly BaseLayer[];
  expected: string;
  options: { phase: number | "all"; partialFrom: number };
}

/** How to freeze a base, as one line of code. */
export const freezingLine = (runtime: Runtime): string =>
  inLanguage(runtime, "base.layers.forEach(l => l.trainable = false)", "base.trainable = False");
