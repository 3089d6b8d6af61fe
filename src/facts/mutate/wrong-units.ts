import { failed, fault } from "../../contract/index.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** The last layer has one output too many for the classes. */
export const wrongUnits: Mutation = {
  id: "wrong-units",
  title: "the head has one output too many",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const units = structure?.head.units;
    if (!structure || !units) return null;
    const { classes } = evidence;
    const shape = { found: units + 1, expected: classes.length, classes: classes.join(", ") };
    const none = failed(fault("prediction-shape", shape));
    const edited = withValues(evidence, {
      structure: {
        ...structure,
        head: { ...structure.head, units: units + 1 },
        outputShape: structure.outputShape && [...structure.outputShape.slice(0, -1), units + 1],
      },
    });
    const { heldOut, training, shifted } = evidence.items;
    return {
      ...edited,
      items: {
        ...edited.items,
        heldOut: heldOut.state === "found" ? none : heldOut,
        training: training.state === "found" ? none : training,
        shifted: shifted.state === "found" ? none : shifted,
      },
    };
  },
};
