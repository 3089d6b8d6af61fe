import type { EvidenceWeight } from "../../src/contract/index.js";
import type { TrainingPhase } from "../../src/facts/index.js";

/** The first phase whose flags were changed after the compile it ran under; null when there is none. */
export function forgottenAt(training: readonly TrainingPhase[]): TrainingPhase | null {
  return (
    training.find((phase, index) => {
      const before =
        phase.declaredAtCompile ?? (phase.recompiled === false ? training[index - 1]?.declared : undefined);
      return before !== undefined && !same(before, phase.declared);
    }) ?? null
  );
}

const same = (a: readonly EvidenceWeight[], b: readonly EvidenceWeight[]): boolean =>
  a.length === b.length && a.every((weight) => b.includes(weight));
