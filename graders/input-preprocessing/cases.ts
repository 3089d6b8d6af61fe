import type { Preprocessing, Structure } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { sampleAccuracy, sampleStructure } from "../case-evidence.js";

const step = (
  name: string,
  scale: number[],
  offset: number[],
  channels: Preprocessing["channels"] = "rgb",
): Preprocessing => ({ name, scale, offset, channels });
const RAW = step("raw pixels 0..255", [1], [0]);
const SYMMETRIC = step("x / 127.5 - 1", [1 / 127.5], [-1]);
const UNIT = step("x / 255", [1 / 255], [0]);
const CAFFE = step("caffe", [1], [-103.939, -116.779, -123.68], "bgr");
const fed = (one: Preprocessing, origin = "recognised from the images fed to training") => ({
  heldOut: sampleAccuracy(100, 200, { preprocessing: { step: one, origin } }),
});
const unknown = { heldOut: sampleAccuracy(100, 200) };

/** A network of this family with layers in front of its base. */
function family(
  name: string,
  front: { class: string; path?: string; settings?: Record<string, unknown> }[] = [],
  container = "",
): Structure {
  const sample = sampleStructure();
  const [input, ...rest] = sample.layers as [Structure["layers"][number], ...Structure["layers"]];
  return {
    ...sample,
    base: {
      family: name,
      recognisedBy: "its structure",
      layers: 12,
      parameters: 416,
      lastLayer: "block4_relu",
    },
    layers: [
      input,
      ...front.map((one, index) => ({
        ...input,
        name: `front_${index}`,
        path: `front_${index}`,
        settings: {},
        ...one,
        part: "input" as const,
      })),
      ...rest.map((layer) =>
        layer.part === "base" ? { ...layer, path: `${container}${layer.path}` } : layer,
      ),
    ],
  };
}
const constants = (value: unknown) => ({ constants: [value] });

export const CASES: readonly Case[] = [
  {
    name: "the published scaling",
    evidence: { structure: family("MobileNetV2"), ...fed(SYMMETRIC) },
    expect: { score: 1, proof: "consistent", says: /-1 to 1/ },
  },
  {
    name: "nearly the published scaling",
    evidence: {
      structure: family("EfficientNetLite0"),
      ...fed(step("(x - 127) / 128", [1 / 128], [-127 / 128])),
    },
    expect: { score: 1 },
  },
  {
    name: "0..1 where -1..1 was published",
    evidence: { structure: family("Xception"), ...fed(UNIT) },
    expect: { score: 0, advises: /divide by 127\.5 and subtract 1/ },
  },
  {
    name: "raw pixels where -1..1 was published",
    evidence: { structure: family("InceptionV3"), ...fed(RAW) },
    expect: { score: 0, says: /as 0 to 255/ },
  },
  {
    name: "a quarter of the range off",
    evidence: { structure: family("MobileNet"), ...fed(step("odd", [1 / 127.5], [-0.45])) },
    expect: { score: 0.5 },
  },
  {
    name: "Caffe's means in BGR",
    evidence: { structure: family("VGG16"), ...fed(CAFFE) },
    expect: { score: 1 },
  },
  {
    name: "Caffe's means, but still RGB",
    evidence: { structure: family("ResNet50"), ...fed({ ...CAFFE, channels: "rgb" }) },
    expect: { score: 0, says: /order RGB/ },
  },
  {
    name: "PyTorch's means and deviations",
    evidence: {
      structure: family("DenseNet121"),
      ...fed(step("torch", [1 / 58.395, 1 / 57.12, 1 / 57.375], [-2.1179, -2.0357, -1.8044])),
    },
    expect: { score: 1 },
  },
  {
    name: "scaled inside the network",
    evidence: {
      structure: family("MobileNetV2", [{ class: "Rescaling", settings: { scale: 1 / 127.5, offset: -1 } }]),
      ...fed(RAW),
    },
    expect: { score: 1 },
  },
  {
    name: "scaled twice",
    evidence: {
      structure: family("MobileNetV2", [{ class: "Rescaling", settings: { scale: 1 / 127.5, offset: -1 } }]),
      ...fed(SYMMETRIC),
    },
    expect: { score: 0 },
  },
  {
    name: "scaled by operations in the graph",
    evidence: {
      structure: family("MobileNetV2", [
        { class: "TrueDivide", settings: constants(127.5) },
        { class: "Subtract", settings: constants(1) },
      ]),
      ...unknown,
    },
    expect: { score: 1 },
  },
  {
    name: "scaled by other operations in the graph",
    evidence: {
      structure: family("MobileNetV2", [
        { class: "Multiply", settings: constants(2 / 255) },
        { class: "Add", settings: constants(-1) },
        { class: "Divide", settings: constants(1) },
      ]),
      ...unknown,
    },
    expect: { score: 1 },
  },
  {
    name: "resized inside, which changes no values",
    evidence: { structure: family("MobileNetV2", [{ class: "Resizing" }]), ...fed(SYMMETRIC) },
    expect: { score: 1 },
  },
  {
    name: "an operation that cannot be read",
    evidence: {
      structure: family("MobileNetV2", [{ class: "GetItem", settings: constants(1) }]),
      ...fed(RAW),
    },
    expect: { outcome: "ungraded", says: /GetItem/ },
  },
  {
    name: "an operation without a constant",
    evidence: { structure: family("MobileNetV2", [{ class: "Add" }]), ...fed(RAW) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "a Rescaling that cannot be read",
    evidence: {
      structure: family("MobileNetV2", [{ class: "Rescaling", settings: { scale: "half" } }]),
      ...fed(RAW),
    },
    expect: { outcome: "ungraded" },
  },
  {
    name: "raw pixels for a base that scales them itself",
    evidence: {
      structure: family(
        "EfficientNet",
        [
          { class: "Rescaling", path: "net/rescaling", settings: { scale: 1 / 255 } },
          { class: "Normalization", path: "net/normalization" },
        ],
        "net/",
      ),
      ...fed(RAW),
    },
    expect: { score: 1 },
  },
  {
    name: "a Rescaling in front of a base that scales itself",
    evidence: {
      structure: family(
        "EfficientNet",
        [
          { class: "Rescaling", settings: { scale: [1 / 255, 1 / 255, 1 / 255], offset: 0 } },
          { class: "Rescaling", path: "net/rescaling" },
        ],
        "net/",
      ),
      ...fed(RAW),
    },
    expect: { score: 0, advises: /it scales them itself/ },
  },
  {
    name: "a scaling that the rubric names",
    evidence: { structure: family("SampleNet"), ...fed(UNIT) },
    options: { expect: "unit" },
    expect: { score: 1 },
  },
  {
    name: "a family that nobody knows",
    evidence: { structure: family("SampleNet"), ...fed(UNIT) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "no base",
    evidence: { structure: sampleStructure({ base: null, layers: [] }), ...fed(UNIT) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "no layers, a scaling that the rubric names",
    evidence: { structure: sampleStructure({ base: null, layers: [] }), ...fed(UNIT) },
    options: { expect: "unit" },
    expect: { score: 1 },
  },
  {
    name: "training that showed nothing",
    evidence: { structure: family("MobileNetV2"), ...unknown },
    expect: { outcome: "ungraded", says: /could not be recognised/ },
  },
  {
    name: "a step without all its numbers",
    evidence: { structure: family("MobileNetV2"), ...fed(step("broken", [], [0])) },
    expect: { outcome: "ungraded", says: /Frostline itself failed/ },
  },
];
