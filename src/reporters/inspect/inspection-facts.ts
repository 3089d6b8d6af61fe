import type { Inspection } from "../../contract/index.js";
import { formatCount, formatNoun } from "../format-figures.js";
import { checkpointChanges, furthestTensors } from "./checkpoint-changes.js";
import { shapeWords, smallNumber, someOf } from "./inspection-words.js";

/** A labelled line; labels have at most nine letters. */
export interface LabelledFact {
  label: string;
  value: string;
}

/** The optimizer, what it really trained, and the loss. */
export function trainingFacts({ optimizer, loss, metrics, weights }: Inspection): LabelledFact[] {
  const lossFact = {
    label: "Loss",
    value: loss
      ? `${loss.name}${loss.fromLogits === true ? " on raw scores (from logits)" : loss.fromLogits === false ? " on probabilities" : ""}`
      : "not saved",
  };
  const metricFact = metrics.length > 0 ? [{ label: "Metrics", value: metrics.join(", ") }] : [];
  if (!optimizer) return [{ label: "Optimizer", value: "not saved" }, lossFact, ...metricFact];
  const { learningRate, schedule, iterations, trainedWeights } = optimizer;
  const rate = learningRate === null ? "not saved" : smallNumber(learningRate);
  return [
    { label: "Optimizer", value: optimizer.class },
    { label: "Rate", value: schedule ? `${rate} now, by the schedule ${schedule}` : rate },
    {
      label: "Steps",
      value: iterations === null ? "not saved" : `${formatCount(iterations)} since it was made`,
    },
    { label: "Trained", value: trainedWords(trainedWeights, weights.length) },
    lossFact,
    ...metricFact,
  ];
}

function trainedWords(trained: readonly string[] | null, total: number): string {
  if (trained === null) return "not known: it keeps no slots in the file";
  if (trained.length === 0) return "nothing: it has no slots";
  return `${formatCount(trained.length)} of ${formatNoun(total, "weight")}, by its slots: ${someOf(trained, 4)}`;
}

/** Where base and head meet, and where the weights of the base come from. */
export function originFacts(inspection: Inspection): LabelledFact[] {
  const { base, head, layers } = inspection;
  if (layers.length === 0) return comparisonFacts(inspection);
  const ends = [
    ...(head.pooling ? [head.pooling.replace("-", " ")] : []),
    ...(head.activation ? [head.activation] : []),
  ];
  return [
    {
      label: "Base",
      value: base
        ? `${base.family === "unknown" ? "of no known family" : base.family}, recognised by ${base.recognisedBy}: ${formatNoun(base.layers, "layer")}, ${formatNoun(base.parameters, "parameter")}, ending in ${base.lastLayer}`
        : "none recognised",
    },
    {
      label: "Head",
      value:
        head.layers.length > 0
          ? `${[`${formatNoun(head.layers.length, "layer")}`, formatNoun(head.parameters, "parameter"), ...ends].join(", ")}: ${someOf(head.layers, 5)}`
          : "none",
    },
    ...comparisonFacts(inspection),
  ];
}

function comparisonFacts(inspection: Inspection): LabelledFact[] {
  const { checkpoint, registry, randomBase } = inspection;
  if (!checkpoint) {
    const compared =
      registry.length > 0
        ? `No tensor equals or comes near a registered checkpoint (${someOf(registry, 5)}).`
        : "No checkpoint is registered here.";
    return [
      { label: "Compared", value: compared },
      ...(randomBase ? [{ label: "Random", value: randomBase }] : []),
    ];
  }
  const { identical, compared, unrelated, title } = checkpoint;
  const { changed, drifted } = checkpointChanges(inspection);
  const further = changed.filter(({ relation }) => relation === "changed").length;
  const parts = [
    `${formatCount(identical)} of ${formatNoun(compared, "tensor")} are, to the bit, those of ${title}`,
    ...(further > 0 ? [`${formatCount(further)} were changed from it`] : []),
    ...(drifted.length > 0 ? [`${formatNoun(drifted.length, "moving statistic")} drifted`] : []),
    ...(unrelated > 0 ? [`${formatCount(unrelated)} have nothing of it`] : []),
  ];
  const furthest = furthestTensors(changed, 1)[0];
  const distance = furthest
    ? [{ label: "Distance", value: `at most ${smallNumber(furthest.distance)}, at ${furthest.printed}` }]
    : [];
  return [{ label: "Compared", value: `${parts.join("; ")}.` }, ...distance];
}

/** What goes in, what the network itself does to it first, and what comes out. */
export function inputFacts(inspection: Inspection): LabelledFact[] {
  const { inputShape, outputShape, preprocessing, augmentation, checkpointInput, layers } = inspection;
  if (layers.length === 0) return [];
  return [
    { label: "Input", value: shapeWords(inputShape) },
    {
      label: "Output",
      value: outputShape?.length === 2 ? `${shapeWords(outputShape)} values` : shapeWords(outputShape),
    },
    { label: "Inside", value: preprocessing.length > 0 ? preprocessing.join(", ") : "no preprocessing" },
    { label: "Augmented", value: augmentation.length > 0 ? augmentation.join(", ") : "not inside the model" },
    ...(checkpointInput ? [{ label: "Expects", value: expected(checkpointInput) }] : []),
  ];
}

function expected({ name, scale, offset, channels }: NonNullable<Inspection["checkpointInput"]>): string {
  const list = (values: readonly number[]): string => values.map((value) => smallNumber(value)).join(", ");
  return `${name}: pixels 0 to 255 times ${list(scale)} plus ${list(offset)}, ${channels.toUpperCase()}`;
}
