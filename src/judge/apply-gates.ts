import type { GradedItem, Verdict } from "../contract/index.js";
import type { CompiledItem } from "./compile-rubric.js";
import { gradeAs } from "./judge-item.js";

/**
 * Items whose gate is closed are not judged: their points are lost with the item they wait for, and pending while it
 * is. A gate is open once its item earned something, does not apply, or is itself out of the sum. Points given by a
 * person and items that do not apply wait for nothing.
 */
export function applyGates(items: readonly CompiledItem[], graded: readonly GradedItem[]): GradedItem[] {
  const compiled = new Map(items.map((item) => [item.id, item]));
  const alone = new Map(graded.map((item) => [item.id, item]));
  const settled = new Map<string, GradedItem>();
  const settle = (id: string): GradedItem => {
    const known = settled.get(id);
    if (known) return known;
    const item = compiled.get(id) as CompiledItem;
    const gates = item.requires.map(settle);
    const made = behindGates(item, alone.get(id) as GradedItem, gates);
    settled.set(id, made);
    return made;
  };
  return items.map(({ id }) => settle(id));
}

function behindGates(item: CompiledItem, graded: GradedItem, gates: readonly GradedItem[]): GradedItem {
  const { verdict } = graded;
  if (verdict.outcome === "not-applicable") return graded;
  if (verdict.outcome === "scored" && verdict.proof === "judged") return graded;
  // While our side is broken, nothing may cost points, a closed gate neither.
  if (verdict.outcome === "ungraded" && verdict.fault) return graded;
  const lost = gates.find((gate) => gate.verdict.outcome === "scored" && gate.verdict.score === 0);
  const gate = lost ?? gates.find((one) => one.verdict.outcome === "ungraded");
  if (!gate) return graded;
  // Behind a row of gates, the first of them is what there is to do something about.
  const first = gate.waitsFor ?? { id: gate.id, title: gate.title };
  return { ...gradeAs(item, closed(first.title, lost ?? null)), waitsFor: first };
}

function closed(title: string, lost: GradedItem | null): Verdict {
  if (lost?.verdict.outcome !== "scored") {
    return { outcome: "ungraded", why: `Cannot be judged until "${title}" is decided.`, fault: null };
  }
  return {
    outcome: "scored",
    score: 0,
    found: `Cannot be judged until "${title}" is earned.`,
    expected: `"${title}" earned first`,
    advice: `Fix "${title}" first; then this item is judged.`,
    proof: lost.verdict.proof,
    details: [],
  };
}
