import type { Shape } from "../../contract/index.js";
import { booleanAt, type JsonObject, numberAt, valueAt } from "../json-access.js";
import { classesOf, type LayerClass, type LayerClasses, noSlots, sameShape } from "./layer-class.js";

const scaled = (config: JsonObject): string[] => [
  ...(booleanAt(config, "scale") === false ? [] : ["gamma"]),
  ...(booleanAt(config, "center") === false ? [] : ["beta"]),
];

const lastAxis =
  (key: string): LayerClass["shape"] =>
  ([input], config) =>
    input && [...input.slice(0, -1), numberAt(config, key)];

const embedded: LayerClass["shape"] = ([input], config) =>
  input && [...input, numberAt(config, "output_dim")];

const recurrent: LayerClass["shape"] = ([input], config) => {
  if (!input) return null;
  const units = numberAt(config, "units");
  const batch = input[0] ?? null;
  return booleanAt(config, "return_sequences") === true ? [batch, input[1] ?? null, units] : [batch, units];
};

const recurrentSlots = (config: JsonObject): string[] =>
  booleanAt(config, "use_bias") === false
    ? ["kernel", "recurrent_kernel"]
    : ["kernel", "recurrent_kernel", "bias"];

const unknownShape: LayerClass["shape"] = (): Shape | null => null;

const ACTIVATIONS = ["Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "ThresholdedReLU"];
const REGULARISERS = [
  ...["Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Masking"],
  ...["SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "StochasticDepth", "Identity"],
];
/** Layers that change images at random while training and pass them on otherwise. */
export const AUGMENTATIONS: readonly string[] = [
  ...[
    "RandomFlip",
    "RandomRotation",
    "RandomZoom",
    "RandomTranslation",
    "RandomContrast",
    "RandomBrightness",
  ],
  ...["RandomHeight", "RandomWidth", "RandomShear", "RandomHue", "RandomSaturation", "RandomSharpness"],
  ...[
    "RandomGrayscale",
    "RandomColorJitter",
    "RandomColorDegeneration",
    "RandomPosterization",
    "RandomErasing",
  ],
  ...[
    "RandomGaussianBlur",
    "RandomPerspective",
    "RandomInvert",
    "AutoContrast",
    "Equalization",
    "Solarization",
  ],
  ...["RandAugment", "AugMix", "MixUp", "CutMix", "RandomElasticTransform"],
];

/** Dense, normalising, activating and recurrent layers, and those that only act in training. */
export const PLAIN_CLASSES: LayerClasses = {
  Dense: {
    slots: (config) => (booleanAt(config, "use_bias") === false ? ["kernel"] : ["kernel", "bias"]),
    shape: lastAxis("units"),
  },
  BatchNormalization: {
    slots: (config) => [...scaled(config), "moving_mean", "moving_variance"],
    shape: sameShape,
  },
  ...classesOf(["LayerNormalization", "GroupNormalization"], scaled, sameShape),
  UnitNormalization: { slots: noSlots, shape: sameShape },
  // Given as settings, the statistics are constants and not variables.
  Normalization: {
    slots: (config) => (valueAt(config, "mean") === null ? ["mean", "variance", "count"] : []),
    shape: sameShape,
  },
  LayerScale: { slots: () => ["gamma"], shape: sameShape },
  PReLU: { slots: () => ["alpha"], shape: sameShape },
  Rescaling: { slots: noSlots, shape: sameShape },
  Embedding: { slots: () => ["embeddings"], shape: embedded },
  ...classesOf(ACTIVATIONS, noSlots, sameShape),
  ...classesOf(REGULARISERS, noSlots, sameShape),
  ...classesOf(AUGMENTATIONS, noSlots, sameShape),
  ...classesOf(["LSTM", "GRU", "SimpleRNN"], recurrentSlots, recurrent),
  MultiHeadAttention: { slots: noSlots, shape: sameShape },
  Attention: { slots: noSlots, shape: sameShape },
  InputLayer: { slots: noSlots, shape: unknownShape },
};
