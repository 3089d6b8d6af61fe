import type { SavedModel } from "../contract/index.js";
import { parseDescription } from "./formats/parse-description.js";
import { readKerasH5 } from "./formats/read-keras-h5.js";
import { readKerasV3 } from "./formats/read-keras-v3.js";
import { readSavedModelFolder } from "./formats/read-saved-model-folder.js";
import { readTfjsGraph } from "./formats/read-tfjs-graph.js";
import { readTfjsLayers } from "./formats/read-tfjs-layers.js";
import { ModelProblem, unreadable } from "./model-problem.js";
import type { ParsedModel } from "./parsed-model.js";
import { formatOf } from "./recognise-format.js";

/**
 * Reads the bytes of a saved model of any format. Nothing in them is executed.
 * @throws ModelProblem `model-unreadable`, `model-too-large`, `model-format`
 */
export function parseSavedModel(saved: SavedModel): ParsedModel {
  const file = saved.main;
  const bytes = saved.files.get(file);
  if (!bytes) throw unreadable(file, "it does not exist");
  switch (formatOf(file, bytes)) {
    case "tfjs-layers":
      return readTfjsLayers(parseDescription(bytes, file), saved);
    case "tfjs-graph":
      return readTfjsGraph(parseDescription(bytes, file), saved);
    case "saved-model":
      return readSavedModelFolder(saved);
    case "keras-v3":
      return readKerasV3(bytes, file);
    case "keras-h5":
    case "keras-weights":
      return readKerasH5(bytes, file);
    default:
      throw new ModelProblem("model-format", {
        file,
        format: "no saved model that is known here",
        why: "nothing can be read",
      });
  }
}
