import type { OptimizerFacts, Phases, Proof, Structure, Weights } from "../../src/contract/index.js";
import {
  baseLayers,
  compareTrained,
  madeNoStep,
  openedLayers,
  trainingPhases,
  wasNeverTrained,
} from "../../src/facts/index.js";
import { NO_STEP } from "../verdicts.js";
import type { Recognised } from "./words.js";

interface Known {
  structure: Structure;
  weights: Weights;
  phases: Phases | null;
  optimizer: OptimizerFacts | null;
}

type Recognition =
  | { state: "known"; approach: Recognised; proof: Proof; why: string }
  | { state: "unknown"; why: string };

const known = (approach: Recognised, proof: Proof, why: string): Recognition => ({
  state: "known",
  approach,
  proof,
  why,
});

/** The approach, by bytes where they can tell, else by the record of training. */
export function recogniseApproach(evidence: Known): Recognition {
  const { structure, weights, phases, optimizer } = evidence;
  if (madeNoStep(phases, optimizer)) return { state: "unknown", why: NO_STEP };
  if (wasNeverTrained(phases)) return known("no-training", "claimed", "`fit` was never called");
  if (!structure.base || weights.randomBase) {
    return known("from-scratch", "proved", weights.randomBase ?? "no pretrained base was recognised");
  }
  const bytes = compareTrained(structure, weights, phases);
  if (bytes && bytes.moved.length === 0) {
    return known("feature-extraction", "proved", "the base still holds the checkpoint's weights");
  }
  return byRecord(evidence, bytes !== null) ?? byFile(evidence);
}

function byRecord({ structure, weights, phases }: Known, checkable: boolean): Recognition | null {
  if (!phases || phases.customSteps > 0) return null;
  const layers = baseLayers(structure, weights);
  const open = trainingPhases(phases, weights).map((phase) => openedLayers(layers, phase.trained).length);
  const most = Math.max(0, ...open);
  const proof = checkable ? "consistent" : "claimed";
  if (most === 0) return known("feature-extraction", proof, "no phase trained a layer of the base");
  if (open[0] === layers.length)
    return known("full-training", proof, "every layer of the base was open from the start");
  return known("fine-tuning", proof, `${most} of ${layers.length} layers of the base were open at most`);
}

/** The file shows what moved, not when: part of the base is fine-tuning, all of it may be either. */
function byFile({ structure, weights, phases }: Known): Recognition {
  const layers = baseLayers(structure, weights);
  const moved = openedLayers(layers, compareTrained(structure, weights, phases)?.moved ?? []).length;
  if (moved > 0 && moved < layers.length) {
    return known("fine-tuning", "proved", `${moved} of ${layers.length} layers of the base have moved`);
  }
  return {
    state: "unknown",
    why: "There is no record of training, and the file does not show how the base was trained.",
  };
}
