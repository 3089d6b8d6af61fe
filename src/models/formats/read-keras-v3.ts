import { openHdf5 } from "../bytes/hdf5/open-hdf5.js";
import { parseUntrustedJson } from "../bytes/parse-untrusted-json.js";
import { readZip } from "../bytes/read-zip.js";
import { objectAt, stringAt, valueAt } from "../json-access.js";
import { unreadable } from "../model-problem.js";
import { flattenNetwork } from "../network/flatten-network.js";
import { readNetwork } from "../network/read-network.js";
import { unsafeFindings } from "../network/unsafe-findings.js";
import type { ParsedModel } from "../parsed-model.js";
import { readKerasOptimizer } from "../training/read-keras-optimizer.js";
import { readLoss, readMetrics } from "../training/read-loss.js";
import { runtimeOf } from "../training/runtime-of.js";
import { bindByPlace } from "../weights/bind-by-place.js";
import { numberedDatasets } from "../weights/stored-dataset.js";

const MAX_UNPACKED = 2 ** 31;
const MAX_JSON = 32 * 1024 * 1024;

/**
 * Reads a `.keras` archive of Keras 3 or of tf.keras since 2.12.
 * @throws ModelProblem `model-unreadable`
 */
export function readKerasV3(archive: Uint8Array, file: string): ParsedModel {
  const members = readZip(archive, MAX_UNPACKED, file);
  const json = (name: string) => {
    const member = members.get(name);
    return member ? parseUntrustedJson(member.read(), MAX_JSON, file, `its ${name}`) : null;
  };
  const config = json("config.json");
  if (!config) throw unreadable(file, "it holds no config.json");
  const version = stringAt(json("metadata.json") ?? {}, "keras_version");
  const runtime = runtimeOf(version);
  const root = readNetwork(config, { firstNetworkCall: runtime === "tf-keras-2" ? 1 : 0 }, file);
  const flat = flattenNetwork(root, file);
  const stored = members.get("model.weights.h5");
  const store = stored ? openHdf5(stored.read(), file) : null;
  const optimizerGroup = store?.members.get("optimizer");
  // Mixed precision keeps the variables of the optimizer that does the work one group deeper.
  const working = optimizerGroup?.members.get("inner_optimizer") ?? optimizerGroup;
  const compiled = objectAt(config, "compile_config");
  const settings = valueAt(compiled, "optimizer");
  const slots = working?.members.get("vars");
  const variables = slots ? numberedDatasets(slots, "optimizer", file) : null;
  const optimizerName = slots?.attributes.get("name")?.[0];
  const missing = { code: "weights-missing", layer: "", detail: "The archive holds no model.weights.h5." };
  return {
    format: "keras-v3",
    runtime,
    writtenBy: version,
    network: { root, flat },
    weights: store ? bindByPlace(root, flat, store, runtime, file) : [],
    optimizer: readKerasOptimizer(
      settings,
      variables,
      typeof optimizerName === "string" ? optimizerName : null,
    ),
    loss: readLoss(valueAt(compiled, "loss")),
    metrics: readMetrics(valueAt(compiled, "metrics")),
    findings: [...(store ? [] : [missing]), ...unsafeFindings(config)],
  };
}
