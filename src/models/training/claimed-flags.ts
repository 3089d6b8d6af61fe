import type { Finding } from "../../contract/index.js";
import { booleanAt, type JsonObject, objectAt } from "../json-access.js";
import type { LayerNode } from "../network/layer-node.js";

/**
 * TensorFlow.js does not save the flag of a container. A program may have left its flags, by path, in
 * `userDefinedMetadata.frostline.trainable`; where they differ from the saved ones, that is worth knowing, no more.
 */
export function claimedFlagFindings(root: LayerNode, metadata: JsonObject): Finding[] {
  const claims = objectAt(objectAt(metadata, "frostline"), "trainable");
  const flags = new Map<string, boolean>();
  collectFlags(root, "", flags);
  return Object.keys(claims).flatMap((path): Finding[] => {
    const claimed = booleanAt(claims, path);
    const saved = flags.get(path);
    if (claimed === null || saved === undefined || saved === claimed) return [];
    const detail = `The program had trainable = ${claimed} here, the saved model says ${saved}.`;
    return [{ code: "flags-differ", layer: path, detail }];
  });
}

/** By path; a container without a flag counts as trainable, which is what a loader makes of it. */
function collectFlags(node: LayerNode, prefix: string, flags: Map<string, boolean>): void {
  for (const layer of node.layers) {
    const path = prefix + layer.name;
    flags.set(path, layer.trainable ?? true);
    if (layer.kind === "network") collectFlags(layer, `${path}/`, flags);
  }
}
