import type { Detail, OptimizerFacts, Phases, Proof, Structure, Weights } from "../../src/contract/index.js";
import {
  type BaseLayer,
  compareTrained,
  isMovingStatistic,
  openedLayers,
  plural,
  selectPhase,
  type TrainingPhase,
  trainingPhases,
} from "../../src/facts/index.js";
import { claimed, parsed } from "../verdicts.js";

interface Known {
  structure: Structure;
  weights: Weights;
  phases: Phases | null;
  optimizer: OptimizerFacts | null;
  layers: readonly BaseLayer[];
}

/** Which layers of the base a phase opened, and how well that is known. */
type Opened =
  | { state: "known"; where: string; layers: BaseLayer[]; declared: number; proof: Proof; details: Detail[] }
  | { state: "missing"; words: { found: string; advice: string } }
  | { state: "unknown"; why: string };

const SECOND_PHASE =
  "After the head is trained, set `trainable = true` on the last layers of the base, compile again with a low learning rate, and fit once more.";

export function openedIn(known: Known, which: number | "last"): Opened {
  const { phases, weights } = known;
  if (!phases || phases.customSteps > 0) return fromFile(known, which);
  const training = trainingPhases(phases, weights);
  const phase = selectPhase(training, which);
  if (!phase) {
    const found =
      training.length === 0
        ? "Nothing was trained."
        : `Training had ${plural(training.length, "phase")}; phase ${which} is missing.`;
    return { state: "missing", words: { found, advice: SECOND_PHASE } };
  }
  const layers = openedLayers(known.layers, [...phase.trained, ...(phase.changed ?? [])]);
  return {
    state: "known",
    where: `Phase ${phase.number}`,
    layers,
    declared: openedLayers(known.layers, phase.declared).length,
    proof: proofOf(known, training),
    details: [
      claimed(`Phase ${phase.number}`, `${plural(phase.trained.length, "weight")} given to the optimizer`),
    ],
  };
}

/** Bytes cannot tell one phase from another: they can only agree with the record, or refute it. */
function proofOf({ structure, weights, phases, layers }: Known, training: readonly TrainingPhase[]): Proof {
  const bytes = compareTrained(structure, weights, phases);
  if (!bytes) return "claimed";
  const everOpen = openedLayers(
    layers,
    training.flatMap((phase) => [...phase.trained, ...(phase.changed ?? [])]),
  );
  const moved = openedLayers(layers, bytes.moved);
  return moved.every((layer) => everOpen.includes(layer)) ? "consistent" : "contradicted";
}

/** Without a record, what the saved optimizer trained, else what moved, stands for the last phase. */
function fromFile({ structure, weights, phases, optimizer, layers }: Known, which: number | "last"): Opened {
  const slots = optimizer?.trained ?? null;
  const trained = slots
    ? weights.tensors.filter((tensor) => slots.includes(tensor.path))
    : compareTrained(structure, weights, phases)?.moved.filter((tensor) => !isMovingStatistic(tensor.slot));
  if (which === 1 || !trained) {
    return {
      state: "unknown",
      why: "There is no record of training, and the file does not show which layers this phase opened.",
    };
  }
  return {
    state: "known",
    where: "Training",
    layers: openedLayers(layers, trained),
    declared: 0,
    proof: slots ? "consistent" : "proved",
    details: [
      parsed(
        "Known from",
        slots ? "the slots of the saved optimizer" : "the weights that differ from the checkpoint",
      ),
    ],
  };
}
