import type { EvidenceLayer, LayerFacts } from "../contract/index.js";
import type { ComposedModel } from "./compose-models.js";
import { isConvolution, isInput, isNormalisation, isTrailing } from "./layer-classes.js";
import type { CheckpointMatch } from "./match-checkpoint.js";
import { recogniseFamily } from "./recognise-family.js";

/** Where the base begins and ends among the layers, both included, and how that was found. */
export interface BaseCut {
  first: number;
  last: number;
  family: string;
  recognisedBy: "its weights" | "its structure" | "its container";
}

/** A network trained from scratch has few convolutions; a pretrained architecture has at least this many. */
const FEWEST_CONVOLUTIONS = 5;

/**
 * The base: the layers that carry a checkpoint's tensors, else a nested container or the leading model of a
 * composition, else the convolutional layers in front of the head when they are a known architecture.
 */
export function cutBase(model: ComposedModel, match: CheckpointMatch | null): BaseCut | null {
  if (match) return byWeights(model, match);
  const inner = model.seam === null ? largestContainer(model.layers) : { from: 0, to: model.seam };
  if (inner) return bounded(model, inner.from, inner.to, "its container");
  return bounded(model, 0, model.layers.length, "its structure");
}

function byWeights(model: ComposedModel, match: CheckpointMatch): BaseCut | null {
  const paired = new Set(
    model.weights.filter(({ path }) => match.relations.has(path)).map((weight) => weight.layer),
  );
  const carries = model.layers.map((layer) => paired.has(layer.path));
  const first = carries.indexOf(true);
  // A file of bare weights names tensors of layers that it does not describe.
  if (first < 0) return null;
  const last = carries.lastIndexOf(true);
  return {
    first: withPadding(model.layers, first),
    last: withTrailing(model, last, /^VGG/.test(match.checkpoint.family)),
    family: match.checkpoint.family,
    recognisedBy: "its weights",
  };
}

function bounded(
  model: ComposedModel,
  from: number,
  to: number,
  recognisedBy: BaseCut["recognisedBy"],
): BaseCut | null {
  const within = model.layers.map((layer, index) => (index >= from && index < to ? layer.class : ""));
  const first = within.findIndex(isConvolution);
  if (first < 0) return null;
  const family = recogniseFamily(model.layers.slice(first, to), model.weights);
  const convolutions = within.filter(isConvolution).length;
  if (recognisedBy === "its structure" && (family === null || convolutions < FEWEST_CONVOLUTIONS))
    return null;
  const last = within.findLastIndex((name) => isConvolution(name) || isNormalisation(name));
  return {
    first: withPadding(model.layers, first),
    last: withTrailing(model, last, family?.startsWith("VGG") ?? true),
    family: family ?? "unknown",
    recognisedBy,
  };
}

/** The nested model that holds the most convolutions, as a range of layers. */
function largestContainer(layers: readonly LayerFacts[]): { from: number; to: number } | null {
  const counts = new Map<string, number>();
  for (const layer of layers) {
    const container = containerOf(layer.path);
    if (container !== null && isConvolution(layer.class)) {
      counts.set(container, (counts.get(container) ?? 0) + 1);
    }
  }
  const name = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  if (name === undefined) return null;
  const inside = (layer: LayerFacts): boolean => containerOf(layer.path) === name;
  return { from: layers.findIndex(inside), to: layers.findLastIndex(inside) + 1 };
}

const containerOf = (path: string): string | null =>
  path.includes("/") ? path.slice(0, path.indexOf("/")) : null;

/** A padding layer in front of the first convolution belongs to it. */
function withPadding(layers: readonly LayerFacts[], first: number): number {
  return layers[first - 1]?.class === "ZeroPadding2D" ? first - 1 : first;
}

/** Activations and additions after the last weights still belong to the base; a plain chain also ends in its pooling. */
function withTrailing(model: ComposedModel, last: number, endsInPooling: boolean): number {
  const above = model.layers.slice(last + 1, model.seam ?? undefined);
  const end = above.findIndex(
    ({ class: name }) => !isTrailing(name) && !(endsInPooling && name === "MaxPooling2D"),
  );
  return last + (end < 0 ? above.length : end);
}

/** The layers, each with the side of the frost line it stands on; what only prepares pixels is input. */
export function withParts(model: ComposedModel, cut: BaseCut | null): EvidenceLayer[] {
  const weighted = new Set(model.weights.map((weight) => weight.layer));
  return model.layers.map((layer, index) => ({ ...layer, part: partOf(layer, index, cut, weighted) }));
}

function partOf(
  layer: LayerFacts,
  index: number,
  cut: BaseCut | null,
  weighted: ReadonlySet<string>,
): EvidenceLayer["part"] {
  if (isInput(layer.class)) return "input";
  if (!cut) return "head";
  if (index >= cut.first && index <= cut.last) return "base";
  const prepares = index < cut.first && (layer.class === "Normalization" || !weighted.has(layer.path));
  return prepares ? "input" : "head";
}
