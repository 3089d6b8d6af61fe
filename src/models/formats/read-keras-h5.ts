import { type Hdf5Node, openHdf5 } from "../bytes/hdf5/open-hdf5.js";
import { parseUntrustedText } from "../bytes/parse-untrusted-json.js";
import { type JsonObject, valueAt } from "../json-access.js";
import { flattenNetwork } from "../network/flatten-network.js";
import { readNetwork } from "../network/read-network.js";
import { unsafeFindings } from "../network/unsafe-findings.js";
import type { ParsedModel } from "../parsed-model.js";
import { readKerasOptimizer } from "../training/read-keras-optimizer.js";
import { readLoss, readMetrics } from "../training/read-loss.js";
import { runtimeOf } from "../training/runtime-of.js";
import { bindByName } from "../weights/bind-by-name.js";
import { listedTensors, namedWeights } from "../weights/listed-weights.js";
import { readKerasWeights } from "./read-keras-weights.js";

/**
 * Reads a whole model of Keras 2 or 3 in one HDF5 file; a file without a configuration as weights alone.
 * @throws ModelProblem `model-unreadable`
 */
export function readKerasH5(bytes: Uint8Array, file: string): ParsedModel {
  const store = openHdf5(bytes, file);
  const config = jsonAttribute(store, "model_config", file);
  if (!config) return readKerasWeights(store, file);
  const version = textAttribute(store, "keras_version");
  const runtime = runtimeOf(version);
  const root = readNetwork(config, { firstNetworkCall: runtime === "keras-3" ? 0 : 1 }, file);
  const flat = flattenNetwork(root, file);
  const group = store.members.get("model_weights");
  const { weights, findings } = bindByName(flat, group ? namedWeights(group, file) : []);
  const training = jsonAttribute(store, "training_config", file) ?? {};
  const optimizerGroup = store.members.get("optimizer_weights");
  const variables = optimizerGroup ? listedTensors(optimizerGroup, "optimizer_weights", file) : null;
  const missing = { code: "weights-missing", layer: "", detail: "The file holds no model_weights." };
  return {
    format: "keras-h5",
    runtime,
    writtenBy: version,
    network: { root, flat },
    weights,
    optimizer: readKerasOptimizer(valueAt(training, "optimizer_config"), variables),
    loss: readLoss(valueAt(training, "loss")),
    metrics: readMetrics(valueAt(training, "metrics")),
    findings: [...findings, ...(group ? [] : [missing]), ...unsafeFindings(config)],
  };
}

function textAttribute(node: Hdf5Node, name: string): string | null {
  const [value] = node.attributes.get(name) ?? [];
  return typeof value === "string" ? value : null;
}

function jsonAttribute(node: Hdf5Node, name: string, file: string): JsonObject | null {
  const text = textAttribute(node, name);
  return text === null ? null : parseUntrustedText(text, file, `its ${name}`);
}
