import type {
  Checkpoint,
  InspectedLayer,
  Inspection,
  ModelFacts,
  OptimizerFacts,
  Structure,
  Weights,
} from "../../contract/index.js";
import {
  deriveOptimizer,
  deriveStructure,
  deriveWeights,
  frostLine,
  groupLayers,
} from "../../facts/index.js";
import { modelFindings } from "./model-findings.js";
import { flaggedWeights } from "./observed-model.js";

/** What is known of the file besides the model in it. */
export type FileFacts = Pick<Inspection, "frostline" | "name" | "files">;

/** One saved model as it is shown: the reader's facts, and what follows from them and the registered checkpoints. */
export function inspectionOf(
  facts: ModelFacts,
  checkpoints: readonly Checkpoint[],
  file: FileFacts,
): Inspection {
  const structure = deriveStructure([facts], checkpoints);
  const weights = deriveWeights([facts], structure, checkpoints);
  const optimizer = deriveOptimizer([facts]);
  const flagged = flaggedWeights(weights);
  const published = checkpoints.find(({ name }) => name === weights.checkpoint?.name);
  const layers = inspectedLayers(structure, weights, optimizer);
  return {
    schema: "frostline/inspection/1",
    ...file,
    format: structure.format,
    kerasVersion: structure.writtenBy,
    runtime: structure.runtime,
    inputShape: structure.inputShape,
    outputShape: structure.outputShape,
    parameters: parameters(weights, flagged),
    layers,
    trainableWeights: flagged?.map(({ printed }) => printed) ?? null,
    weights: weights.tensors,
    optimizer: optimizer && optimizerOf(optimizer, weights),
    loss: structure.loss,
    metrics: facts.metrics,
    base: structure.base,
    head: structure.head,
    network: networkOf(structure, weights, layers),
    checkpoint: weights.checkpoint,
    checkpointInput: published?.preprocessing ?? null,
    registry: weights.registry,
    randomBase: weights.randomBase,
    preprocessing: structure.preprocessing,
    augmentation: structure.augmentation,
    findings: modelFindings({ structure, weights, optimizer }),
  };
}

function inspectedLayers(
  structure: Structure,
  weights: Weights,
  optimizer: OptimizerFacts | null,
): InspectedLayer[] {
  const shapes = new Map(structure.layers.map(({ path, outputShape }) => [path, outputShape]));
  const slotted = optimizer?.trained ? new Set(optimizer.trained) : null;
  const trained = new Set(weights.tensors.filter(({ path }) => slotted?.has(path)).map(({ layer }) => layer));
  return structure.layers.map((layer) => ({
    ...layer,
    inputShapes: layer.inputs.map((path) => shapes.get(path) ?? null),
    trained: slotted && trained.has(layer.path),
  }));
}

function parameters(
  { tensors }: Weights,
  flagged: readonly Weights["tensors"][number][] | null,
): Inspection["parameters"] {
  const values = (some: readonly { shape: number[] }[]): number =>
    some.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
  const total = values(tensors);
  const trainable = flagged && values(flagged);
  return { total, trainable, frozen: trainable === null ? null : total - trainable };
}

function optimizerOf({ trained, ...rest }: OptimizerFacts, { tensors }: Weights): Inspection["optimizer"] {
  const printed = new Map(tensors.map((tensor) => [tensor.path, tensor.printed]));
  return { ...rest, trainedWeights: trained?.map((path) => printed.get(path) ?? path) ?? null };
}

function networkOf(
  structure: Structure,
  weights: Weights,
  layers: readonly InspectedLayer[],
): Inspection["network"] {
  const groups = groupLayers(structure, weights);
  const { base } = structure;
  // Groups stand in the order of input, base, head, and every layer is in one.
  const ordered = (["input", "base", "head"] as const).flatMap((part) =>
    layers.filter((layer) => layer.part === part),
  );
  return {
    groups: groups.map((group) => {
      const own = ordered.splice(0, group.layers);
      const known = own.every((layer) => layer.trained !== null);
      return { ...group, trained: known ? own.filter((layer) => layer.trained).length : null };
    }),
    frostLine: frostLine(groups, weights),
    caption: base
      ? `${base.family}, recognised by ${base.recognisedBy}`
      : "No pretrained base was recognised",
  };
}
