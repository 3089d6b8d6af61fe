import type { Json, SavedModel } from "../../contract/index.js";
import { isObject, type JsonObject, listAt, objectAt, stringAt, valueAt } from "../json-access.js";
import { unreadable } from "../model-problem.js";
import { flattenNetwork } from "../network/flatten-network.js";
import { readNetwork } from "../network/read-network.js";
import type { ParsedModel } from "../parsed-model.js";
import { claimedFlagFindings } from "../training/claimed-flags.js";
import { readLoss, readMetrics } from "../training/read-loss.js";
import { readTfjsOptimizer } from "../training/read-tfjs-optimizer.js";
import { runtimeOf } from "../training/runtime-of.js";
import { bindByName } from "../weights/bind-by-name.js";
import { readWeightsManifest } from "../weights/read-weights-manifest.js";

/**
 * Reads a TensorFlow.js layers model, written by `model.save` or by the converter.
 * @param description the parsed `model.json`
 * @throws ModelProblem `model-unreadable`, `model-too-large`
 */
export function readTfjsLayers(description: JsonObject, saved: SavedModel): ParsedModel {
  const file = saved.main;
  const topology = valueAt(description, "modelTopology");
  if (!isObject(topology)) throw unreadable(file, "it has no `modelTopology`, so its layers are unknown");
  // The converter nests Keras's own description; TensorFlow.js writes the model itself.
  const inner = valueAt(topology, "model_config");
  const model: Json = isObject(inner) ? inner : topology;
  const version = stringAt(topology, "keras_version");
  const runtime = runtimeOf(version);
  const root = readNetwork(model, { firstNetworkCall: runtime === "keras-3" ? 0 : 1 }, file);
  const flat = flattenNetwork(root, file);
  const tensors = readWeightsManifest(listAt(description, "weightsManifest"), saved);
  const isSlot = (group: string | null): boolean => group === "optimizer";
  const { weights, findings } = bindByName(
    flat,
    tensors.filter(({ group }) => !isSlot(group)).map(({ tensor }) => ({ tensor, scope: null })),
  );
  const slots = tensors.filter(({ group }) => isSlot(group)).map(({ tensor }) => tensor);
  const training = trainingConfig(description, topology);
  return {
    format: "tfjs-layers",
    runtime,
    writtenBy: version ?? stringAt(description, "generatedBy"),
    network: { root, flat },
    weights,
    optimizer: training && readTfjsOptimizer(objectAt(training, "optimizer_config"), slots),
    loss: training && readLoss(valueAt(training, "loss")),
    metrics: training ? readMetrics(valueAt(training, "metrics")) : [],
    findings: [...findings, ...claimedFlagFindings(root, objectAt(description, "userDefinedMetadata"))],
  };
}

function trainingConfig(description: JsonObject, topology: JsonObject): JsonObject | null {
  const own = valueAt(description, "trainingConfig");
  if (isObject(own)) return own;
  const converted = valueAt(topology, "training_config");
  return isObject(converted) ? converted : null;
}
