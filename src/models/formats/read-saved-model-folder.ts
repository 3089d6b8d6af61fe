import path from "node:path";
import type { Json, SavedModel } from "../../contract/index.js";
import { namingFile } from "../bytes/format-error.js";
import { parseUntrustedText } from "../bytes/parse-untrusted-json.js";
import { readFields, textField } from "../bytes/protobuf.js";
import { isObject, type JsonObject, listAt, objectAt, stringAt, valueAt } from "../json-access.js";
import { ModelProblem } from "../model-problem.js";
import { flattenNetwork } from "../network/flatten-network.js";
import { readNetwork } from "../network/read-network.js";
import { unsafeFindings } from "../network/unsafe-findings.js";
import type { ParsedModel } from "../parsed-model.js";
import { readKerasOptimizer } from "../training/read-keras-optimizer.js";
import { readLoss, readMetrics } from "../training/read-loss.js";

const METADATA_FILE = "keras_metadata.pb";
/** Fields of the messages SavedMetadata and SavedObject. */
const NODES = 1;
const NODE_PATH = 3;
const IDENTIFIER = 4;
const METADATA = 5;
const ROOT_IDENTIFIERS = /^_tf_keras_(sequential|model|network)$/;

/**
 * Reads what tf.keras 2 notes beside a SavedModel: layers, flags, loss and rate. The weights are not read.
 * @throws ModelProblem `model-format` for a SavedModel without that note, `model-unreadable`
 */
export function readSavedModelFolder(saved: SavedModel): ParsedModel {
  const file = path.posix.join(path.posix.dirname(saved.main), METADATA_FILE);
  const bytes = saved.files.get(file);
  const root = bytes ? rootMetadata(bytes, file) : null;
  const config = root && valueAt(root, "model_config");
  if (!root || !isObject(config ?? undefined) || !config)
    throw new ModelProblem("model-format", {
      file: saved.main,
      format: "a SavedModel without Keras's metadata",
      why: "neither its layers nor its training can be told",
    });
  const network = readNetwork(config, { firstNetworkCall: 1 }, file);
  const training = objectAt(root, "training_config");
  return {
    format: "saved-model",
    runtime: "tf-keras-2",
    writtenBy: null,
    network: { root: network, flat: flattenNetwork(network, file) },
    weights: [],
    optimizer: readKerasOptimizer(valueAt(training, "optimizer_config"), null),
    loss: readLoss(valueAt(training, "loss")),
    metrics: readMetrics(valueAt(training, "metrics")),
    findings: [
      {
        code: "weights-missing",
        layer: "",
        detail: "The weights of a SavedModel are not read; save the model as `.keras` as well.",
      },
      ...unsafeFindings(config),
    ],
  };
}

function rootMetadata(bytes: Uint8Array, file: string): JsonObject | null {
  const nodes = namingFile(file, () =>
    readFields(bytes).flatMap(({ number, value }) =>
      number === NODES && value instanceof Uint8Array ? [readFields(value)] : [],
    ),
  );
  const root = nodes.find(
    (fields) =>
      textField(fields, NODE_PATH) === "root" && ROOT_IDENTIFIERS.test(textField(fields, IDENTIFIER) ?? ""),
  );
  const text = root && textField(root, METADATA);
  const plain = text ? plainLists(parseUntrustedText(text, file, "its metadata")) : null;
  return plain !== null && isObject(plain) ? plain : null;
}

/** Here Keras writes its tuples and shapes as objects with `items`. */
function plainLists(value: Json): Json {
  if (Array.isArray(value)) return value.map(plainLists);
  if (!isObject(value)) return value;
  const isList = ["__tuple__", "TensorShape"].includes(stringAt(value, "class_name") ?? "");
  if (isList) return listAt(value, "items").map(plainLists);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainLists(item)]));
}
