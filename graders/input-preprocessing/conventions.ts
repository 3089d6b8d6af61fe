import type { Preprocessing } from "../../src/contract/index.js";

/** A published way of scaling pixels. */
export interface Convention {
  name: "symmetric" | "unit" | "raw" | "caffe" | "torch";
  title: string;
  step: Pick<Preprocessing, "scale" | "offset" | "channels">;
  advice: string;
  families: RegExp;
  /** These architectures scale pixels themselves, in their first layers. */
  inside: boolean;
}

const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

export const CONVENTIONS: readonly Convention[] = [
  {
    name: "symmetric",
    title: "Pixels as in TensorFlow",
    step: { scale: [1 / 127.5], offset: [-1], channels: "rgb" },
    advice: "divide by 127.5 and subtract 1",
    families:
      /^(MobileNet|MobileNetV2|InceptionV3|InceptionResNetV2|Xception|NASNet\w*|ResNet\d+V2|EfficientNetLite\d?)$/,
    inside: false,
  },
  {
    name: "caffe",
    title: "Pixels as in Caffe",
    step: { scale: [1], offset: [-103.939, -116.779, -123.68], channels: "bgr" },
    advice:
      "turn RGB to BGR and subtract the means 103.939, 116.779, 123.68, as the architecture's `preprocess_input` does",
    families: /^(VGG\d+|ResNet(50|101|152))$/,
    inside: false,
  },
  {
    name: "torch",
    title: "Pixels as in PyTorch",
    step: {
      scale: DEVIATION.map((deviation) => 1 / (255 * deviation)),
      offset: MEAN.map((mean, channel) => -mean / Number(DEVIATION[channel])),
      channels: "rgb",
    },
    advice:
      "divide by 255, subtract the means 0.485, 0.456, 0.406 and divide by the deviations 0.229, 0.224, 0.225",
    families: /^DenseNet\d+$/,
    inside: false,
  },
  {
    name: "raw",
    title: "Pixels as they are",
    step: { scale: [1], offset: [0], channels: "rgb" },
    advice: "give the base pixels of 0 to 255; it scales them itself",
    families: /^(EfficientNet(V2)?|MobileNetV3|ConvNeXt)$/,
    inside: true,
  },
  {
    name: "unit",
    title: "Pixels divided by 255",
    step: { scale: [1 / 255], offset: [0], channels: "rgb" },
    advice: "divide by 255",
    families: /^$/,
    inside: false,
  },
];

/** The convention asked for by name, or that of the architecture; null when none is known. */
export function conventionOf(expect: string, family: string): Convention | null {
  const wanted = (one: Convention): boolean =>
    expect === "family" ? one.families.test(family) : one.name === expect;
  return CONVENTIONS.find(wanted) ?? null;
}
