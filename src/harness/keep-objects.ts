import type { Evidence, SavedModel } from "../contract/index.js";
import type { RunFolder } from "./run-folder.js";

/** Keeps a submission's models, the weights after its fits and its predictions beside the run. Gives their hashes by name. */
export function keepObjects(
  folder: RunFolder | null,
  models: readonly SavedModel[],
  fits: ReadonlyMap<string, Uint8Array>,
  values: Partial<Record<string, Float32Array>>,
): Evidence["objects"] {
  if (!folder) return {};
  const objects: Evidence["objects"] = {};
  for (const [index, model] of models.entries()) {
    for (const [path, bytes] of model.files) objects[`model-${index + 1}/${path}`] = folder.keep(bytes);
  }
  for (const [path, bytes] of fits) objects[`weights/${path}`] = folder.keep(bytes);
  for (const [name, rows] of Object.entries(values)) {
    if (rows)
      objects[`predictions/${name}`] = folder.keep(
        new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength),
      );
  }
  return objects;
}
