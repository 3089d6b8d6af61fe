import { editLayers } from "./edit-layers.js";
import type { FileMutation } from "./file-mutation.js";
import { headOutput, withColumns } from "./head-output.js";

/** The last layer with one output more than there are classes. */
export const oneOutputMore: FileMutation = {
  id: "wrong-units",
  title: "the last layer has one output too many",
  answers: true,
  apply(file, evidence) {
    const output = headOutput(file, evidence);
    if (!output) return null;
    const { layer, units } = output;
    const wider = withColumns(file, layer, [...Array(units).keys(), null]);
    return editLayers(wider, (settings) =>
      settings["name"] === layer ? { ...settings, units: units + 1 } : settings,
    );
  },
};
