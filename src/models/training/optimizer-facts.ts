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
  const wanted = new Set(slots.map((slot) => slot.weight));
  const matched = candidates.filter(({ printed }) => wanted.has(printed));
  const known = new Set(matched.map(({ printed }) => printed));
  const unmatched = slots.filter(({ weight }) => weight === null || !known.has(weight));
  return { trained: matched.map(({ path }) => path), unmatched: unmatched.map(({ shape }) => [...shape]) };
}
