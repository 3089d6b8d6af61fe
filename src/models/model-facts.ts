import type { Finding, LayerFacts, ModelFacts, Shape, WeightFacts } from "../contract/index.js";
import { integerAt } from "./json-access.js";
import { layerClassOf } from "./layers/index.js";
import { activationOf, layerSettings } from "./layers/layer-settings.js";
import type { FlatCall, FlatLayer, FlatNetwork, Source } from "./network/flat-network.js";
import { isInput, type LayerNode } from "./network/layer-node.js";
import { outputShapes } from "./network/output-shapes.js";
import type { BoundWeight, ParsedModel } from "./parsed-model.js";
import { optimizerFacts } from "./training/optimizer-facts.js";
import { effectiveFlag, isTrainableSlot } from "./training/trainable-rule.js";
import { sizeOf } from "./weights/stored-tensor.js";
import { weightStatistics } from "./weights/weight-statistics.js";

/** Everything a parsed model says, weights hashed and measured, by the rules of the runtime that wrote it. */
export function modelFacts(parsed: ParsedModel): ModelFacts {
  const flat = parsed.network?.flat ?? null;
  const shapes =
    flat &&
    outputShapes(
      flat,
      flat.inputs.map(({ shape }) => shape),
    );
  const findings: Finding[] = [...parsed.findings, ...(flat ? layerFindings(flat) : [])];
  const weights = parsed.weights.map((weight) => weightFacts(weight, parsed, findings));
  const candidates = weights.filter((_, i) => {
    const weight = parsed.weights[i];
    return weight && isTrainableSlot(weight.layer, weight.slot);
  });
  return {
    format: parsed.format,
    runtime: parsed.runtime,
    writtenBy: parsed.writtenBy,
    inputShape: flat?.inputs[0]?.shape ?? null,
    outputShape: shapes?.outputs[0] ?? null,
    layers: flat ? layerFacts(flat, shapes?.calls ?? new Map(), parsed) : [],
    weights,
    optimizer: parsed.optimizer && optimizerFacts(parsed.optimizer, candidates),
    loss: parsed.loss,
    metrics: [...parsed.metrics],
    findings,
  };
}

function weightFacts(weight: BoundWeight, { runtime }: ParsedModel, findings: Finding[]): WeightFacts {
  const { layer, layerPath, slot, printed, tensor } = weight;
  const { notFinite, ...statistics } = weightStatistics(tensor.values());
  const path = layerPath === "" ? slot : `${layerPath}/${slot}`;
  if (notFinite > 0) {
    const detail = `${notFinite} of ${sizeOf(tensor.shape)} values of ${path} are not numbers.`;
    findings.push({ code: "weight-not-finite", layer: layerPath, detail });
  }
  const flag = layer && effectiveFlag(layer, runtime);
  const trainable = isTrainableSlot(layer, slot) ? flag : false;
  const { shape, dtype, quantised } = tensor;
  return {
    path,
    printed,
    layer: layerPath,
    slot,
    shape: [...shape],
    dtype,
    ...statistics,
    trainable,
    quantised,
  };
}

function layerFacts(
  flat: FlatNetwork,
  shapes: ReadonlyMap<FlatCall, Shape | null>,
  parsed: ParsedModel,
): LayerFacts[] {
  const parameters = new Map<string, number>();
  for (const { layerPath, tensor } of parsed.weights)
    parameters.set(layerPath, (parameters.get(layerPath) ?? 0) + sizeOf(tensor.shape));
  const facts: LayerFacts[] = [];
  const visit = (network: FlatNetwork, outer: readonly string[] | null): void => {
    const names = (source: Source): string[] => {
      if (source.from === "call") return [source.call.inner ? innerEnd(source.call) : source.call.layer.path];
      const path = network.inputs[source.index]?.path;
      return outer ? [...outer] : path ? [path] : [];
    };
    const uses = new Map<FlatLayer, FlatCall>();
    const reads = new Map<FlatLayer, Set<string>>();
    for (const call of network.calls) {
      if (!uses.has(call.layer)) uses.set(call.layer, call);
      const known = reads.get(call.layer) ?? new Set();
      for (const path of call.inputs.flatMap(names)) known.add(path);
      reads.set(call.layer, known);
    }
    for (const layer of network.layers) {
      const call = uses.get(layer) ?? null;
      const inputs = [...(reads.get(layer) ?? [])];
      if (call?.inner) visit(call.inner, inputs);
      else facts.push(oneLayer(layer, call, inputs, shapes, parameters.get(layer.path) ?? 0, parsed));
    }
  };
  visit(flat, null);
  return facts;
}

/** What a reader of a wrapped network reads: the wrapped network's last layer. */
function innerEnd(call: FlatCall): string {
  const [end] = call.inner?.outputs ?? [];
  return end?.from === "call" ? end.call.layer.path : call.layer.path;
}

function oneLayer(
  layer: FlatLayer,
  call: FlatCall | null,
  inputs: string[],
  shapes: ReadonlyMap<FlatCall, Shape | null>,
  parameters: number,
  { runtime, network }: ParsedModel,
): LayerFacts {
  const { node, path } = layer;
  const declared = network?.flat.inputs.find((input) => input.path === path)?.shape ?? null;
  return {
    path,
    name: node.name,
    class: node.class,
    trainable: node.trainable,
    effective: isInput(node) ? null : effectiveFlag(layer, runtime),
    inputs,
    outputShape: call ? (shapes.get(call) ?? null) : declared,
    activation: activationOf(node),
    units: integerAt(node.config, "units"),
    settings: layerSettings(node, call?.call ?? null),
    parameters,
  };
}

const FRAMEWORKS = /^(keras|tf_keras|tensorflow\.keras)(\.|$)/;

const isCustom = ({ custom, module }: LayerNode): boolean =>
  custom !== null || (module !== null && !FRAMEWORKS.test(module));

/** Layers that are not the framework's own, or that this reader does not know. */
function layerFindings(flat: FlatNetwork): Finding[] {
  const found = flat.calls.flatMap(({ layer: { node, path }, inner }): Finding[] => {
    if (inner) return layerFindings(inner);
    if (isCustom(node))
      return [
        { code: "custom-layer", layer: path, detail: `${node.custom ?? node.class} is no layer of Keras.` },
      ];
    if (node.kind === "layer" && !layerClassOf(node))
      return [{ code: "unknown-layer", layer: path, detail: `${node.class} is not known here.` }];
    return [];
  });
  // A layer that is used several times is still one layer.
  return [...new Map(found.map((finding) => [`${finding.code} ${finding.layer}`, finding])).values()];
}
