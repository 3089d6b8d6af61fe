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
  const groupOf = groupByLayer(structure, groups);
  return trainingPhases(phases, weights).map((phase) => ({
    title: `Phase ${phase.number}`,
    open: openGroups(phase, groupOf),
    optimizer: phase.fits[0]?.optimizer ?? "",
    learningRate: rates(phase),
    epochs: epochs(phase),
    samples: phase.fits[0]?.samples ?? null,
    recompiled: phase.recompiled,
    cutShort: phase.cutShort,
  }));
}

/** Groups stand in the order of input, base, head, as `groupLayers` made them. */
function groupByLayer(structure: Structure, groups: readonly LayerGroup[]): Map<string, number> {
  const ordered = (["input", "base", "head"] as const).flatMap((part) =>
    structure.layers.filter((layer) => layer.part === part),
  );
  const indexes = groups.flatMap((group, index) => Array.from({ length: group.layers }, () => index));
  return new Map(ordered.map((layer, position) => [layer.path, indexes[position] ?? 0]));
}

function openGroups(phase: TrainingPhase, groupOf: ReadonlyMap<string, number>): number[] {
  const trained = phase.trained.filter((tensor) => !isMovingStatistic(tensor.slot));
  return [...new Set(trained.map((tensor) => groupOf.get(tensor.layer) ?? 0))].sort((a, b) => a - b);
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
