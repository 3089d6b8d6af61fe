import type { EvidenceWeight, Verdict } from "../../src/contract/index.js";
import {
  type ByteComparison,
  isMovingStatistic,
  listed,
  openedLayers,
  plural,
  ramp,
  type TrainingPhase,
} from "../../src/facts/index.js";
import { claimed, parsed, scored, undecided } from "../verdicts.js";
import { freezingLine, type Question } from "./question.js";

/** The record of training says when the base was open; the bytes say whether that can be true. */
export function byPhases(
  question: Question,
  bytes: ByteComparison | null,
  phases: readonly TrainingPhase[],
  customSteps: number,
): Verdict {
  const { expected, layers, options } = question;
  const unexplained = movedWithoutPhase(bytes, phases);
  if (unexplained.length > 0) return contradiction(question, unexplained, customSteps);
  const asked = options.phase === "all" ? phases : phases.filter((phase) => phase.number === options.phase);
  const phase = asked.find((one) => openedLayers(layers, touched(one)).length > 0);
  const details = bytes
    ? [parsed("Base tensors that differ from the checkpoint", String(bytes.moved.length))]
    : [];
  if (!phase) {
    return scored({
      score: 1,
      found: `No layer of the base was trained in ${options.phase === "all" ? "any phase" : `phase ${options.phase}`}.`,
      expected,
      proof: bytes ? "consistent" : "claimed",
      details: [...details, ...phases.map((one) => claimed(`Phase ${one.number}`, opened(question, one)))],
    });
  }
  const open = openedLayers(layers, touched(phase));
  return scored({
    score: ramp(1 - open.length / layers.length, options.partialFrom, 1),
    found: `${open.length} of ${plural(layers.length, "layer")} of the base were trained in phase ${phase.number}: ${listed(open.map((layer) => layer.name))}.`,
    expected,
    advice: advise(question, phase),
    proof: bytes ? "proved" : "claimed",
    details: [...details, claimed(`Phase ${phase.number}`, opened(question, phase))],
  });
}

const touched = (phase: TrainingPhase): EvidenceWeight[] => [...phase.trained, ...(phase.changed ?? [])];

function opened({ layers }: Question, phase: TrainingPhase): string {
  return `${plural(openedLayers(layers, touched(phase)).length, "base layer")} open`;
}

function movedWithoutPhase(bytes: ByteComparison | null, phases: readonly TrainingPhase[]): EvidenceWeight[] {
  const open = new Set(phases.flatMap(touched).map((tensor) => tensor.layer));
  return (bytes?.moved ?? []).filter((tensor) => !open.has(tensor.layer) && !isMovingStatistic(tensor.slot));
}

function contradiction(
  { expected }: Question,
  moved: readonly EvidenceWeight[],
  customSteps: number,
): Verdict {
  const names = listed([...new Set(moved.map((tensor) => tensor.layer))]);
  if (customSteps > 0) {
    return undecided(
      `${plural(moved.length, "tensor")} of the base moved in your own training loop (${names}); when cannot be told.`,
    );
  }
  return scored({
    score: 0,
    found: `No phase of training opened ${names}, and yet ${plural(moved.length, "tensor")} there differ from the checkpoint.`,
    expected,
    advice: "Hand in the model as your program trained it, from the base of the assignment.",
    proof: "contradicted",
  });
}

/** Flags said frozen, and still it was trained: the flag was set on something that does not pass it on. */
function advise({ structure, layers }: Question, phase: TrainingPhase): string {
  const line = freezingLine(structure.runtime);
  if (openedLayers(layers, phase.declared).length > 0) {
    return `Freeze the base before you compile: \`${line}\`, then compile and fit again.`;
  }
  return structure.runtime === "tfjs"
    ? `\`base.trainable = false\` does not freeze a base that is a layer of tf.sequential. Set \`trainable = false\` on each layer, then compile and fit again: ${line}`
    : `The flags were changed after \`compile\`, which still trains what was open then. Set \`${line}\` first, then compile and fit again.`;
}
