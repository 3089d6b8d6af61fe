import type { OptimizerFacts } from "../../contract/index.js";
import type { StoredOptimizer } from "../parsed-model.js";
import { matchByName, matchByShape, type SlotCandidate } from "./match-slots.js";

/**
 * The optimizer with the weights it keeps slots for: what it really trained.
 * @param candidates every weight that can be trained, in the model's order
 */
export function optimizerFacts(
  optimizer: StoredOptimizer,
  candidates: readonly SlotCandidate[],
): OptimizerFacts {
  const { class: name, schedule, slots } = optimizer;
  // Stored variables hold whatever the file says.
  const learningRate = Number.isFinite(optimizer.learningRate) ? optimizer.learningRate : null;
  const iterations = Number.isSafeInteger(optimizer.iterations) ? optimizer.iterations : null;
  const facts = { class: name, learningRate, schedule, iterations };
  if (slots === null) return { ...facts, trained: null, unmatched: [] };
  // Plain gradient descent keeps no slots, so that after a step their absence says nothing.
  if (slots.length === 0 && (iterations ?? 0) > 0) return { ...facts, trained: null, unmatched: [] };
  const isNamed = slots.some(({ weight }) => weight !== null);
  const named = isNamed ? matchByName(slots, candidates) : null;
  if (named && named.unmatched.length === 0) return { ...facts, ...named };
  const everything = { trained: [], unmatched: slots.map(({ shape }) => [...shape]) };
  return { ...facts, ...(matchByShape(slots, candidates) ?? named ?? everything) };
}
