import type { LayerFacts, WeightFacts } from "../contract/index.js";
import { type Anatomy, anatomyOf } from "./anatomy.js";

/** An architecture by what its layers are and how their kernels are shaped, whatever anything is called. */
interface Family {
  name: string | ((anatomy: Anatomy) => string);
  fits(anatomy: Anatomy): boolean;
}

/** From the most particular to the most general; the first that fits is it. */
const FAMILIES: readonly Family[] = [
  { name: "ConvNeXt", fits: ({ has, stem }) => has("LayerNormalization") && stem.window === "4x4" },
  {
    name: ({ stem }) => (stem.filters >= 96 ? "NASNetLarge" : "NASNetMobile"),
    fits: ({ has }) => has("SeparableConv2D") && has("Concatenate"),
  },
  { name: "Xception", fits: ({ has }) => has("SeparableConv2D") },
  {
    name: "EfficientNetV2",
    fits: ({ has, depthwise, squeezes, fused }) => has("Add") && depthwise > 0 && squeezes > 0 && fused > 1,
  },
  {
    name: "MobileNetV3",
    fits: ({ depthwise, squeezes, stem }) => depthwise > 0 && squeezes > 0 && stem.filters === 16,
  },
  { name: "EfficientNet", fits: ({ depthwise, squeezes }) => depthwise > 0 && squeezes > 0 },
  {
    name: "EfficientNetLite",
    fits: ({ depthwise, windows, has }) => depthwise > 0 && has("Add") && windows.has("5x5"),
  },
  { name: "MobileNetV2", fits: ({ depthwise, bottleneck }) => depthwise > 0 && bottleneck },
  { name: "MobileNet", fits: ({ depthwise, has }) => depthwise > 0 && !has("Add") },
  {
    name: "InceptionResNetV2",
    fits: ({ windows, adds, joins }) => joins > 0 && adds > 0 && windows.has("1x7"),
  },
  { name: "InceptionV3", fits: ({ windows, joins, adds }) => joins > 0 && adds === 0 && windows.has("1x7") },
  { name: denseNet, fits: ({ joins, adds, stem }) => joins > 3 && adds === 0 && stem.window === "7x7" },
  { name: resNet, fits: ({ adds, stem, depthwise }) => adds > 0 && stem.window === "7x7" && depthwise === 0 },
  { name: vgg, fits: ({ plain, convolutions }) => plain && convolutions >= 5 },
];

/**
 * The published architecture that the layers are, or begin as, or null. `layers` start at the first convolution;
 * shapes of kernels come from `weights`.
 */
export function recogniseFamily(
  layers: readonly LayerFacts[],
  weights: readonly WeightFacts[],
): string | null {
  const anatomy = anatomyOf(layers, weights);
  if (!anatomy) return null;
  const family = FAMILIES.find(({ fits }) => fits(anatomy));
  if (!family) return null;
  return typeof family.name === "string" ? family.name : family.name(anatomy);
}

/** Depth by the 3x3 convolutions, one a block: 16 blocks make 50 layers, 33 make 101, 50 make 152. */
function resNet({ threes, normalisesFirst }: Anatomy): string {
  const depth = threes > 33 ? 152 : threes > 16 ? 101 : 50;
  return `ResNet${depth}${normalisesFirst ? "V2" : ""}`;
}

/** Depth by the 3x3 convolutions, one a block: 58, 82 and 98 of them. */
function denseNet({ threes }: Anatomy): string {
  if (threes > 82) return "DenseNet201";
  return threes > 58 ? "DenseNet169" : "DenseNet121";
}

/** VGG19 has a fourth convolution of 256 filters where VGG16 goes on to 512. */
function vgg({ filters }: Anatomy): string {
  return filters.filter((count) => count === 256).length > 3 ? "VGG19" : "VGG16";
}
