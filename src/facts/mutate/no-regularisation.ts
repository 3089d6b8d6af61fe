import type { Structure } from "../../contract/index.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

const HOLDS_BACK = /Dropout|GaussianNoise/;
const REGULARISER = /_?regularizer$/i;

/** Nothing holds the head back from learning by heart. */
export const noRegularisation: Mutation = {
  id: "no-regularisation",
  title: "nothing works against learning by heart",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const phases = foundIn(evidence, "phases");
    const optimizer = foundIn(evidence, "optimizer");
    if (!structure) return null;
    const layers = structure.layers.filter(
      ({ part, class: name }) => part !== "head" || !HOLDS_BACK.test(name),
    );
    const fits = (phases?.fits ?? []).map((fit) => ({
      ...fit,
      callbacks: fit.callbacks.filter((name) => !/early.?stop/i.test(name)),
    }));
    const edited = withValues(evidence, {
      structure: { ...structure, layers: layers.map(unregularised) },
      phases: phases && { ...phases, fits },
      optimizer: optimizer && { ...optimizer, class: optimizer.class.replace(/AdamW/i, "Adam") },
    });
    return JSON.stringify(edited) === JSON.stringify(evidence) ? null : edited;
  },
};

function unregularised(layer: Structure["layers"][number]): Structure["layers"][number] {
  const settings = Object.entries(layer.settings).filter(([name]) => !REGULARISER.test(name));
  return { ...layer, settings: Object.fromEntries(settings) };
}
