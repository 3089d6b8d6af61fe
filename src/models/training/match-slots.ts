import type { OptimizerFacts } from "../../contract/index.js";
import type { OptimizerSlot } from "../parsed-model.js";

/** A weight as the matching of slots sees it. */
export interface SlotCandidate {
  readonly path: string;
  readonly printed: string;
  readonly shape: readonly number[];
  /** By the flags as saved. */
  readonly trainable: boolean | null;
}

export type SlotMatch = Pick<OptimizerFacts, "trained" | "unmatched">;

const MAX_SLOTS_PER_WEIGHT = 4;

/** Slots that name their weight. */
export function matchByName(
  slots: readonly OptimizerSlot[],
  candidates: readonly SlotCandidate[],
): SlotMatch {
  const known = new Map(candidates.map((candidate) => [plainName(candidate.printed), candidate]));
  const trained = new Set<SlotCandidate>();
  const unmatched: number[][] = [];
  for (const { weight, shape } of slots) {
    const name = plainName(weight ?? "");
    // In a process that built a model twice, TensorFlow.js numbers the variables of the second: `dense/kernel_1`.
    const candidate = known.get(name) ?? known.get(name.replace(/_\d+$/, ""));
    if (candidate && sameShape(candidate.shape, shape)) trained.add(candidate);
    else unmatched.push([...shape]);
  }
  return { trained: pathsOf(candidates.filter((one) => trained.has(one))), unmatched };
}

/**
 * Slots without names stand in the order of the weights that were trainable when training began, one or more for each
 * weight, so their shapes tell which weights those were.
 * @returns null when the shapes fit no choice of weights
 */
export function matchByShape(
  slots: readonly OptimizerSlot[],
  candidates: readonly SlotCandidate[],
): SlotMatch | null {
  if (slots.length === 0) return { trained: [], unmatched: [] };
  const flagged = candidates.filter(({ trainable }) => trainable === true);
  const readings = [2, 1, 3, 4]
    .filter((count) => count <= MAX_SLOTS_PER_WEIGHT)
    .flatMap((count) => readingsOf(slots, count));
  // The flags as saved come first: most often they are those of the training.
  for (const weights of [flagged, candidates])
    for (const reading of readings)
      if (fits(reading, weights)) return { trained: pathsOf(weights), unmatched: [] };
  for (const reading of readings) {
    const chosen = lastSubsequence(reading, candidates);
    if (chosen) return { trained: pathsOf(chosen), unmatched: [] };
  }
  return null;
}

type Shapes = readonly (readonly number[])[];

/** The shapes of the weights if each has `count` slots: all of one weight together, or one round after the other. */
function readingsOf(slots: readonly OptimizerSlot[], count: number): Shapes[] {
  if (slots.length % count !== 0) return [];
  const length = slots.length / count;
  const shapes = slots.map(({ shape }) => shape);
  const at = (index: number): readonly number[] => shapes[index] ?? [];
  const together = Array.from({ length }, (_, i) => at(i * count));
  const inRounds = shapes.slice(0, length);
  const isTogether = shapes.every((shape, i) => sameShape(shape, together[Math.floor(i / count)] ?? []));
  const isInRounds = shapes.every((shape, i) => sameShape(shape, inRounds[i % length] ?? []));
  // AMSGrad keeps pairs for all weights first and then its maxima in a round of their own.
  const pairs = Array.from({ length }, (_, i) => at(2 * i));
  const isPairsThenRound =
    count === 3 &&
    shapes.every((shape, i) =>
      sameShape(shape, (i < 2 * length ? pairs[Math.floor(i / 2)] : pairs[i - 2 * length]) ?? []),
    );
  return [
    ...(isTogether ? [together] : []),
    ...(isInRounds && count > 1 ? [inRounds] : []),
    ...(isPairsThenRound ? [pairs] : []),
  ];
}

const fits = (shapes: Shapes, weights: readonly SlotCandidate[]): boolean =>
  shapes.length === weights.length && shapes.every((shape, i) => sameShape(shape, weights[i]?.shape ?? []));

/** Weights of these shapes in this order, as late in the network as possible, because networks are opened from the top. */
function lastSubsequence(shapes: Shapes, candidates: readonly SlotCandidate[]): SlotCandidate[] | null {
  const chosen: SlotCandidate[] = [];
  let next = shapes.length - 1;
  for (const candidate of candidates.toReversed()) {
    const wanted = shapes[next];
    if (!wanted) break;
    if (!sameShape(wanted, candidate.shape)) continue;
    chosen.push(candidate);
    next--;
  }
  return next < 0 ? chosen.reverse() : null;
}

const plainName = (name: string): string => name.replace(/:\d+$/, "").replaceAll("/", "_");

const pathsOf = (weights: readonly SlotCandidate[]): string[] => weights.map(({ path }) => path);

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);
