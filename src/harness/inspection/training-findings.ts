import type { EvidenceWeight, InspectionFinding } from "../../contract/index.js";
import { isMovingStatistic, listed, plural, stepSize } from "../../facts/index.js";
import { flaggedWeights, type ObservedModel, slottedWeights } from "./observed-model.js";

/** What flags, the optimizer's slots and its rate say about training, and where they disagree. */
export function trainingFindings(model: ObservedModel): InspectionFinding[] {
  return [...neverTrained(model), ...slotsAgainstFlags(model), ...nothingOpen(model)];
}

function neverTrained({ optimizer }: ObservedModel): InspectionFinding[] {
  if (optimizer?.iterations !== 0) return [];
  return [
    {
      code: "never-trained",
      level: "warning",
      layer: "",
      detail: "The optimizer has made no step: the model was compiled and not trained after that.",
      advice: "Call `fit` after the last `compile`, then save again.",
    },
  ];
}

/** An optimizer makes its slots when training begins, so they keep the flags of that moment. */
function slotsAgainstFlags(model: ObservedModel): InspectionFinding[] {
  const flagged = flaggedWeights(model.weights);
  const slotted = slottedWeights(model);
  const findings: InspectionFinding[] = [];
  const unmatched = model.optimizer?.unmatched.length ?? 0;
  if (unmatched > 0)
    findings.push({
      code: "slots-unmatched",
      level: "note",
      layer: "",
      detail: `${plural(unmatched, "slot")} of the optimizer fit no weight of this model: it was made for another one.`,
      advice: "Compile again after you change the model, then fit.",
    });
  if (!flagged || !slotted || slotted.length === 0) return findings;
  const closed = without(slotted, flagged);
  if (closed.length > 0)
    findings.push({
      code: "trained-now-frozen",
      level: "warning",
      layer: "",
      detail: `The optimizer trained ${plural(slotted.length, "weight")}, but ${closed.length} of them are frozen by their flags (${names(closed)}): they were frozen after training had begun, or \`compile\` did not follow.`,
      advice: "Freeze first, then compile, then fit.",
    });
  const opened = without(flagged, slotted);
  if (opened.length > 0)
    findings.push({
      code: "open-not-trained",
      level: "warning",
      layer: "",
      detail: `${plural(opened.length, "weight")} trainable by the flags were not trained by the saved optimizer (${names(opened)}): they were opened after the last \`compile\`.`,
      advice: "Call `compile` again after you change `trainable`, then fit.",
    });
  return findings;
}

function nothingOpen({ weights, structure }: ObservedModel): InspectionFinding[] {
  const flagged = flaggedWeights(weights);
  if (!flagged) return [];
  if (flagged.length === 0)
    return [
      {
        code: "nothing-trainable",
        level: "warning",
        layer: "",
        detail: "No weight is trainable by the flags: training would change nothing.",
        advice: "Freeze the base, not the whole model, and leave the head trainable.",
      },
    ];
  const head = weights.tensors.filter(({ part, slot }) => part === "head" && !isMovingStatistic(slot));
  const frozen = head.filter((tensor) => tensor.trainable === false);
  if (!structure.base || head.length === 0 || frozen.length < head.length) return [];
  return [
    {
      code: "head-frozen",
      level: "warning",
      layer: "",
      detail: `All ${plural(head.length, "weight")} of the head are frozen (${names(head)}): it cannot learn the new classes.`,
      advice: "Set `trainable` to true on the layers of the head, compile and fit again.",
    },
  ];
}

/** Rates above this tear pretrained weights apart; fine-tuning usually takes 1e-5. */
const HIGHEST_FINE_TUNING_RATE = 1e-4;

/** A rate fit for a new head, used while the base was open. */
export function rateFinding(
  { optimizer }: ObservedModel,
  opened: number,
  layers: number,
): InspectionFinding[] {
  const rate = optimizer?.learningRate ?? null;
  if (rate === null || opened === 0 || !/adam|rmsprop/i.test(optimizer?.class ?? "")) return [];
  // Files keep rates as float32.
  if (rate <= HIGHEST_FINE_TUNING_RATE * (1 + 1e-6)) return [];
  return [
    {
      code: "high-rate-on-base",
      level: "warning",
      layer: "",
      detail: `${opened} of ${plural(layers, "layer")} of the base were open at a learning rate of ${stepSize(rate)}, which tears pretrained weights apart.`,
      advice: "Freeze the base while the head is new, then open its last layers and compile with 1e-5.",
    },
  ];
}

function without(all: readonly EvidenceWeight[], some: readonly EvidenceWeight[]): EvidenceWeight[] {
  const paths = new Set(some.map(({ path }) => path));
  return all.filter(({ path }) => !paths.has(path));
}

const names = (tensors: readonly EvidenceWeight[]): string => listed(tensors.map(({ printed }) => printed));
