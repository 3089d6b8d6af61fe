import type { LayerGroup, Phases, Structure, TimelinePhase, Weights } from "../contract/index.js";
import { isMovingStatistic } from "./layer-classes.js";
import { type TrainingPhase, trainingPhases } from "./training-phases.js";
import { stepSize } from "./wording.js";

/** The phases of training, each with the groups of `groupLayers` that it opened. */
export function timeline(
  phases: Phases,
  structure: Structure,
  weights: Weights,
  groups: readonly LayerGroup[],
): TimelinePhase[] {
  const layersOf = layersByGroup(structure, groups);
  return trainingPhases(phases, weights).map((phase) => ({
    title: `Phase ${phase.number}`,
    open: openGroups(phase, layersOf),
    optimizer: phase.fits[0].optimizer,
    learningRate: rates(phase),
    epochs: epochs(phase),
    samples: phase.fits[0].samples,
    recompiled: phase.recompiled,
    cutShort: phase.cutShort,
  }));
}

/** Paths of the layers of each group. Groups stand in the order of input, base, head, as `groupLayers` made them. */
function layersByGroup(structure: Structure, groups: readonly LayerGroup[]): string[][] {
  const ordered = (["input", "base", "head"] as const).flatMap((part) =>
    structure.layers.filter((layer) => layer.part === part).map((layer) => layer.path),
  );
  return groups.map((group) => ordered.splice(0, group.layers));
}

function openGroups(phase: TrainingPhase, layersOf: readonly (readonly string[])[]): number[] {
  const trained = phase.trained.filter((tensor) => !isMovingStatistic(tensor.slot));
  const open = new Set(trained.map((tensor) => tensor.layer));
  return layersOf.flatMap((layers, index) => (layers.some((layer) => open.has(layer)) ? [index] : []));
}

function rates({ learningRate }: TrainingPhase): string {
  if (!learningRate) return "unknown";
  const [first, last] = [stepSize(learningRate.first), stepSize(learningRate.last)];
  return first === last ? first : `${first} to ${last}`;
}

function epochs({ fits, epochs: run }: TrainingPhase): string {
  const asked = fits.reduce((sum, fit) => sum + fit.epochs.asked, 0);
  return asked === run ? String(run) : `${run} of ${asked}`;
}
