import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { LayerFacts, WeightFacts } from "../../src/contract/index.js";
import { isConvolution, recogniseFamily } from "../../src/facts/index.js";
import { tensorOf } from "./build-model.js";

/** Keras's own architectures, with every name taken away. Written by make-applications.py. */
const APPLICATIONS: { classes: string[]; nets: Record<string, string> } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "applications.json"), "utf8"),
);

interface Network {
  layers: LayerFacts[];
  weights: WeightFacts[];
}

function network(name: string): Network {
  const weights: WeightFacts[] = [];
  const layers = (APPLICATIONS.nets[name] as string).split(" ").map((row, index): LayerFacts => {
    const [number, backs, shape] = row.split(":") as [string, string, string];
    const layerClass = APPLICATIONS.classes[Number(number)] as string;
    if (shape !== "") weights.push(tensorOf(`l${index}`, "kernel", shape.split("x").map(Number), [1]));
    return {
      path: `l${index}`,
      name: `l${index}`,
      // ConvNeXt keeps its stem in a nested model, which facts see inlined.
      class: layerClass === "Sequential" ? "Conv2D" : layerClass,
      trainable: true,
      effective: true,
      inputs: backs === "" ? [] : backs.split(",").map((back) => `l${index - Number(back)}`),
      outputShape: null,
      activation: null,
      units: null,
      settings: {},
      parameters: 0,
    };
  });
  return { layers, weights };
}

/** The layers from the first convolution on, cut after a share of them. */
function recognise({ layers, weights }: Network, share = 1): string | null {
  const first = layers.findIndex((layer) => isConvolution(layer.class));
  return recogniseFamily(layers.slice(first, first + Math.ceil((layers.length - first) * share)), weights);
}

const FAMILIES: Record<string, string> = {
  MobileNetV3Small: "MobileNetV3",
  MobileNetV3Large: "MobileNetV3",
  EfficientNetB0: "EfficientNet",
  EfficientNetV2B0: "EfficientNetV2",
  ConvNeXtTiny: "ConvNeXt",
};
const familyOf = (name: string): string => FAMILIES[name] ?? name;
const SIZES = /(121|169|201|50|101|152|16|19|Mobile|Large)(?=V2$|$)/;

describe("recogniseFamily", () => {
  it.each(Object.keys(APPLICATIONS.nets))("knows %s by its layers alone", (name) => {
    expect(recognise(network(name))).toBe(familyOf(name));
  });

  it.each(Object.keys(APPLICATIONS.nets))("knows the first three quarters of %s", (name) => {
    expect(recognise(network(name), 0.75)?.replace(SIZES, "")).toBe(familyOf(name).replace(SIZES, ""));
  });

  it("knows no small network made from scratch", () => {
    const { layers, weights } = network("VGG16");
    expect(recogniseFamily(layers.slice(1, 4), weights)).toBeNull();
  });

  it("knows nothing without the shape of a kernel", () => {
    expect(recogniseFamily(network("VGG16").layers, [])).toBeNull();
  });
});
