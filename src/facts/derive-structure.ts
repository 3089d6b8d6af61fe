import type { Checkpoint, EvidenceLayer, ModelFacts, Structure } from "../contract/index.js";
import { composeModels } from "./compose-models.js";
import { type BaseCut, cutBase, withParts } from "./cut-base.js";
import { headFacts } from "./head-facts.js";
import { isAugmentation, isConvolution, isPreprocessing } from "./layer-classes.js";
import { matchCheckpoint } from "./match-checkpoint.js";

/**
 * The network of one model, or of a base and a head applied in that order: its layers, where the base ends and
 * the head begins, which architecture the base is, and what happens to pixels before it.
 * @throws RangeError for an empty list.
 */
export function deriveStructure(
  models: readonly ModelFacts[],
  checkpoints: readonly Checkpoint[],
): Structure {
  const model = composeModels(models);
  const cut = cutBase(model, matchCheckpoint(model.weights, checkpoints));
  const layers = withParts(model, cut);
  return {
    format: model.format,
    runtime: model.runtime,
    writtenBy: model.writtenBy,
    inputShape: model.inputShape,
    outputShape: model.outputShape,
    layers,
    base: cut && baseFacts(cut, layers),
    head: headFacts(layers, model.outputShape),
    loss: model.loss,
    preprocessing: beforeConvolutions(layers)
      .filter(({ class: name }) => isPreprocessing(name))
      .map(describe),
    augmentation: layers.filter((layer) => isAugmentation(layer.class)).map((layer) => layer.class),
    composition: models.length > 1,
    findings: model.findings,
  };
}

function baseFacts(
  { family, recognisedBy, last }: BaseCut,
  layers: readonly EvidenceLayer[],
): Structure["base"] {
  const base = layers.filter((layer) => layer.part === "base");
  return {
    family,
    recognisedBy,
    layers: base.length,
    parameters: base.reduce((sum, layer) => sum + layer.parameters, 0),
    lastLayer: (layers[last] as EvidenceLayer).name,
  };
}

function beforeConvolutions(layers: readonly EvidenceLayer[]): readonly EvidenceLayer[] {
  const first = layers.findIndex((layer) => isConvolution(layer.class));
  return first < 0 ? [] : layers.slice(0, first);
}

function describe(layer: EvidenceLayer): string {
  const { scale, offset } = layer.settings;
  if (layer.class !== "Rescaling" || typeof scale !== "number") return layer.class;
  const shift =
    typeof offset === "number" && offset !== 0 ? ` ${offset < 0 ? "-" : "+"} ${short(Math.abs(offset))}` : "";
  return `Rescaling (x * ${short(scale)}${shift})`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
