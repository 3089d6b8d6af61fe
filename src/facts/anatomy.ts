import type { LayerFacts, WeightFacts } from "../contract/index.js";
import { isConvolution, isKernel, isNormalisation } from "./layer-classes.js";

/** What tells architectures apart, counted over their layers. */
export interface Anatomy {
  has(layerClass: string): boolean;
  convolutions: number;
  depthwise: number;
  adds: number;
  joins: number;
  /** Convolutions whose kernel is 3x3 over all channels. */
  threes: number;
  /** Blocks that scale channels by a pooled copy of themselves (squeeze and excitation). */
  squeezes: number;
  /** 3x3 convolutions that expand the channels fourfold: fused blocks. */
  fused: number;
  /** All window sizes, such as `1x7`. */
  windows: ReadonlySet<string>;
  /** Filters of the full convolutions, in order. */
  filters: readonly number[];
  stem: { window: string; filters: number };
  /** The first block widens by a 1x1 convolution after a projection without activation. */
  bottleneck: boolean;
  /** Nothing but 3x3 convolutions and pooling, with the widths of VGG. */
  plain: boolean;
  /** The stem's output is not normalised before the blocks: pre-activation. */
  normalisesFirst: boolean;
}

interface Convolution {
  layer: LayerFacts;
  window: string;
  inputs: number;
  outputs: number;
  depthwise: boolean;
}

const VGG_WIDTHS = [64, 64, 128, 128, 256];

/** The anatomy of the layers, or null when no kernel's shape is known. */
export function anatomyOf(layers: readonly LayerFacts[], weights: readonly WeightFacts[]): Anatomy | null {
  const convolutions = convolutionsOf(layers, weights);
  const stem = convolutions[0];
  if (!stem) return null;
  const full = convolutions.filter((one) => !one.depthwise);
  const count = (test: (layer: LayerFacts) => boolean): number => layers.filter(test).length;
  const filters = full.map((one) => one.outputs);
  return {
    has: (name) => layers.some((layer) => layer.class === name),
    convolutions: full.length,
    depthwise: convolutions.length - full.length,
    adds: count((layer) => /^(Add|CustomScaleLayer)$/.test(layer.class)),
    joins: count((layer) => layer.class === "Concatenate"),
    threes: full.filter((one) => one.window === "3x3").length,
    squeezes: count((layer) => layer.class === "Multiply"),
    fused: full.filter((one) => one.window === "3x3" && one.outputs === 4 * one.inputs).length,
    windows: new Set(convolutions.map((one) => one.window)),
    filters,
    stem: { window: stem.window, filters: stem.outputs },
    bottleneck: hasBottleneck(convolutions),
    plain: isPlain(layers, convolutions, filters),
    normalisesFirst: !readsNormalised(layers, stem.layer),
  };
}

function convolutionsOf(layers: readonly LayerFacts[], weights: readonly WeightFacts[]): Convolution[] {
  const kernels = new Map(
    weights.filter((weight) => isKernel(weight.slot)).map((weight) => [weight.layer, weight]),
  );
  return layers.flatMap((layer) => {
    const shape = kernels.get(layer.path)?.shape;
    if (!isConvolution(layer.class) || shape?.length !== 4) return [];
    const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
    const depthwise =
      layer.class === "DepthwiseConv2D" ||
      (inputs === 1 && outputs > 4 && layer.class === "Conv2D" && height > 5);
    return [{ layer, window: `${height}x${width}`, inputs, outputs, depthwise }];
  });
}

/** After the first depthwise convolution the map is projected, then widened: the shape of MobileNetV2's blocks. */
function hasBottleneck(convolutions: readonly Convolution[]): boolean {
  const first = convolutions.findIndex((one) => one.depthwise);
  const project = convolutions[first + 1];
  const widen = convolutions[first + 2];
  return (
    project !== undefined &&
    widen?.window === "1x1" &&
    !widen.depthwise &&
    widen.outputs > 4 * project.outputs
  );
}

function isPlain(
  layers: readonly LayerFacts[],
  convolutions: readonly Convolution[],
  filters: readonly number[],
): boolean {
  return (
    convolutions.every((one) => one.window === "3x3" && !one.depthwise) &&
    layers.every((layer) => !isNormalisation(layer.class)) &&
    VGG_WIDTHS.every((width, index) => filters[index] === width)
  );
}

const readsNormalised = (layers: readonly LayerFacts[], stem: LayerFacts): boolean =>
  layers.some((layer) => isNormalisation(layer.class) && layer.inputs.includes(stem.path));
