import type { EvidenceWeight, Phase, Phases, Weights } from "../contract/index.js";
import { deriveOnce } from "./derive-once.js";
import { weightNames } from "./weight-names.js";

type Fits = readonly [Phase, ...Phase[]];

/**
 * A phase of training as a course speaks of it: one or several calls of `fit` with the same open weights and
 * learning rate. Claimed by the student's process; weights are those of the saved model.
 */
export interface TrainingPhase {
  /** From 1. */
  number: number;
  fits: Fits;
  /** Weights the optimizer was given, and those whose bytes changed (null where not digested). */
  trained: EvidenceWeight[];
  changed: EvidenceWeight[] | null;
  /** What the bytes kept after its fits show to have moved, a weight once for each fit; null where they were not kept. */
  moved: { weight: EvidenceWeight; drift: number | null }[] | null;
  /** Weights the flags declared trainable, when fit began and when it was compiled. */
  declared: EvidenceWeight[];
  declaredAtCompile: EvidenceWeight[] | null;
  learningRate: Phase["learningRate"];
  recompiled: boolean | null;
  epochs: number;
  /** Optimizer steps; null where a fit did not count them. */
  steps: number | null;
  cutShort: string | null;
}

/** The phases of training of the saved model, in order. Fits of other networks are left out. */
export const trainingPhases = deriveOnce((phases: Phases, weights: Weights): readonly TrainingPhase[] => {
  const find = weightNames(weights.tensors);
  const groups: [Phase, ...Phase[]][] = [];
  for (const fit of phases.fits.filter((one) => concerns(one, find))) {
    const current = groups.at(-1);
    const previous = current?.at(-1);
    if (current && previous && continues(previous, fit)) current.push(fit);
    else groups.push([fit]);
  }
  return groups.map((fits, index) => describe(fits, index + 1, find));
});

type Find = (name: string) => EvidenceWeight | null;

/** A program may also fit networks that it does not hand in, for comparison. */
function concerns(fit: Phase, find: Find): boolean {
  const known = fit.weights.filter((name) => find(name) !== null).length;
  return fit.weights.length === 0 || known * 2 >= fit.weights.length;
}

/** The same weights at the same rate, such as one `fit` an epoch in a loop: still the same phase. */
function continues(previous: Phase, fit: Phase): boolean {
  return (
    sameNames(previous.trained, fit.trained) &&
    sameNames(previous.declared, fit.declared) &&
    (fit.recompiled !== true || previous.learningRate?.first === fit.learningRate?.first)
  );
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));

function describe(fits: Fits, number: number, find: Find): TrainingPhase {
  const resolve = (names: readonly string[]): EvidenceWeight[] => [
    ...new Set(names.map(find).filter((weight) => weight !== null)),
  ];
  const [first] = fits;
  const rates = fits.map((fit) => fit.learningRate).filter((rate) => rate !== null);
  const changed = fits.map((fit) => fit.changed);
  const steps = fits.map((fit) => fit.steps);
  const moves = fits.map(
    (fit) =>
      fit.moved?.flatMap(({ path, drift }) => {
        const weight = find(path);
        return weight ? [{ weight, drift }] : [];
      }) ?? null,
  );
  return {
    number,
    fits,
    trained: resolve(fits.flatMap((fit) => fit.trained)),
    changed: changed.every((names) => names !== null) ? resolve(changed.flat()) : null,
    moved: moves.every((one) => one !== null) ? moves.flat() : null,
    declared: resolve(first.declared),
    declaredAtCompile: first.declaredAtCompile && resolve(first.declaredAtCompile),
    learningRate:
      rates.length > 0 ? rates.reduce((start, end) => ({ first: start.first, last: end.last })) : null,
    recompiled: first.recompiled,
    epochs: fits.reduce((sum, fit) => sum + fit.epochs.run, 0),
    steps: steps.every((count) => count !== null) ? steps.reduce((sum, count) => sum + count, 0) : null,
    cutShort: fits.map((fit) => fit.cutShort).find((why) => why !== null) ?? null,
  };
}

/** The phase a rubric asks for by number from 1, or the last; null when training had fewer. */
export function selectPhase(phases: readonly TrainingPhase[], which: number | "last"): TrainingPhase | null {
  return (which === "last" ? phases.at(-1) : phases[which - 1]) ?? null;
}
