import type { OptimizerFacts } from "../../contract/index.js";
import type { OptimizerSlot, StoredOptimizer } from "../parsed-model.js";

/** A weight as the matching of slots sees it. */
export interface SlotCandidate {
  readonly path: string;
  readonly printed: string;
  readonly shape: readonly number[];
}

/**
 * Which weights the optimizer keeps slots for: what it really trained.
 * @param candidates every weight that can be trained, in the model's order
 */
export function optimizerFacts(
  optimizer: StoredOptimizer,
  candidates: readonly SlotCandidate[],
): OptimizerFacts {
  const { class: name, learningRate, schedule, iterations, slots } = optimizer;
  const facts = { class: name, learningRate, schedule, iterations };
  if (slots === null) return { ...facts, trained: null, unmatched: [] };
  const named = matchByName(slots, candidates);
  return { ...facts, ...named };
}

function matchByName(
  slots: readonly OptimizerSlot[],
  candidates: readonly SlotCandidate[],
): Pick<OptimizerFacts, "trained" | "unmatched"> {
  const known = new Map(candidates.map((candidate) => [candidate.printed, candidate]));
  const trained = new Set<SlotCandidate>();
  const unmatched: number[][] = [];
  for (const { weight, shape } of slots) {
    const candidate = weight === null ? undefined : (known.get(weight) ?? known.get(withoutCounter(weight)));
    if (candidate && sameShape(candidate.shape, shape)) trained.add(candidate);
    else unmatched.push([...shape]);
  }
  return { trained: candidates.filter((one) => trained.has(one)).map(({ path }) => path), unmatched };
}

/** In a process that built a model twice, TensorFlow.js numbers the variables of the second: `dense/kernel_1`. */
const withoutCounter = (name: string): string => name.replace(/_\d+$/, "");

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);
