import * as tf from "@tensorflow/tfjs";
import type { HostCalls } from "./host-calls.js";
import { innerModel, type LayerWeight, type ModelInternals } from "./recorder/model-internals.js";
import type { NativeTensors } from "./recorder/native-tensors.js";
import { optimizerFacts } from "./recorder/optimizer-facts.js";
import { nameWeights } from "./recorder/weight-paths.js";

interface WeightSpec {
  name: string;
  shape: readonly number[];
  dtype: string;
  group?: "optimizer";
}

/** A model as it was at one moment: its text, and copies of its tensors that share their memory. */
export interface ModelSnapshot {
  model: ModelInternals;
  modelJson: string;
  tensors: readonly tf.Tensor[];
}

const stringify = JSON.stringify;
const MAX_METADATA = 100_000;

/**
 * Takes a model with its optimizer. TensorFlow.js itself would lose the flags of containers, refuse losses that are
 * functions, and give two weights the same name; the block `frostline` of the metadata holds what it loses.
 * The calls are the library's own, captured before the program could replace them.
 */
export async function takeSnapshot(model: ModelInternals): Promise<ModelSnapshot> {
  const named = nameWeights(model);
  const duplicates = duplicateNames(named.weights.map(({ weight }) => weight));
  const specs: WeightSpec[] = [];
  const tensors: tf.Tensor[] = [];
  const add = (spec: WeightSpec, tensor: tf.Tensor): void => {
    specs.push(spec);
    tensors.push(tf.keep(tensor.clone()));
  };
  const savedAs = new Map<string, { name: string; path: string }>();
  for (const { path, weight } of named.weights) {
    const name = duplicates.has(weight.originalName) ? path : weight.originalName;
    savedAs.set(weight.read().name, { name, path });
    add({ name, shape: weight.shape, dtype: weight.dtype }, weight.read());
  }

  const slots: Record<string, string> = {};
  for (const { name, tensor } of await optimizerWeights(model)) {
    // A slot is named for its variable, which may differ from the name its weight is saved under.
    const at = name.lastIndexOf("/");
    const weight = savedAs.get(name.slice(0, at));
    const own = weight === undefined ? name : weight.name + name.slice(at);
    if (weight !== undefined) slots[own] = weight.path + name.slice(at);
    add({ name: own, shape: tensor.shape, dtype: tensor.dtype, group: "optimizer" }, tensor);
  }

  const collected = innerModel(model).collectedTrainableWeights ?? [];
  const modelJson = stringify({
    modelTopology: model.toJSON(null, false),
    format: "layers-model",
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version["tfjs-layers"]}`,
    convertedBy: null,
    ...trainingConfig(model),
    userDefinedMetadata: {
      ...smallMetadata(model),
      frostline: {
        trainable: {
          "": model.trainable,
          ...Object.fromEntries(named.layers.map((layer) => [layer.path, layer.trainable])),
        },
        collected: collected.map(named.pathOf).filter((path) => path !== undefined),
        weights: named.weights.map(({ path }) => path),
        slots,
      },
    },
    weightsManifest: [{ paths: ["weights.bin"], weights: specs }],
  });
  return { model, modelJson, tensors };
}

/** Hands a snapshot to the host. Text says what is wrong. */
export function writeSnapshot(
  host: HostCalls,
  tensors: NativeTensors,
  role: "model" | "base" | "head",
  snapshot: ModelSnapshot,
): string | undefined {
  const ids = snapshot.tensors.map((tensor) => tensors.withId(tensor, (id) => id));
  return host.writeModel(role, snapshot.modelJson, stringify(ids));
}

export function disposeSnapshot(snapshot: ModelSnapshot | undefined): void {
  tf.dispose(snapshot?.tensors as tf.Tensor[] | undefined);
}

/** An optimizer that has not taken a step, or cannot give its weights, has none. */
async function optimizerWeights({
  optimizer,
}: ModelInternals): Promise<{ name: string; tensor: tf.Tensor }[]> {
  if (optimizer === undefined || optimizer === null) return [];
  try {
    return await optimizer.getWeights();
  } catch {
    return [];
  }
}

function trainingConfig(model: ModelInternals): object {
  if (model.optimizer === undefined || model.optimizer === null) return {};
  try {
    return { trainingConfig: model.getTrainingConfig() };
  } catch {
    // Some losses have no name to save them under.
    const { class: className, config } = optimizerFacts(model.optimizer);
    return {
      trainingConfig: { loss: {}, metrics: [], optimizer_config: { class_name: className, config } },
    };
  }
}

function smallMetadata({ userDefinedMetadata }: ModelInternals): object {
  const own = userDefinedMetadata ?? {};
  return stringify(own).length > MAX_METADATA ? {} : own;
}

function duplicateNames(weights: readonly LayerWeight[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { originalName } of weights) (seen.has(originalName) ? twice : seen).add(originalName);
  return twice;
}
