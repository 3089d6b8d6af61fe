import type { FileMutation } from "./file-mutation.js";

const NAME = "scaled_again";

/** A layer behind the input that divides by 255 what was scaled before. */
export const scaledAgain: FileMutation = {
  id: "scaled-twice",
  title: "a layer behind the input divides the pixels by 255 once more",
  answers: true,
  apply(file) {
    const { modelTopology } = file.description;
    const { config } = modelTopology;
    const input = config.layers.find((layer) => layer.class_name === "InputLayer")?.name;
    // A sequence has no input layer that others name.
    if (input === undefined) return null;
    const scaling = {
      name: NAME,
      class_name: "Rescaling",
      config: { name: NAME, trainable: true, dtype: "float32", scale: 1 / 255, offset: 0 },
      inbound_nodes: [[[input, 0, 0, {}]]],
    };
    const fed = config.layers.map((layer) => ({
      ...layer,
      inbound_nodes: renamed(layer.inbound_nodes, input),
    }));
    const changed = { ...modelTopology, config: { ...config, layers: [...fed, scaling] } };
    return { ...file, description: { ...file.description, modelTopology: changed } };
  },
};

/** What a layer is called on, with the scaled pixels in place of the input's. */
function renamed(nodes: unknown, input: string): unknown {
  if (Array.isArray(nodes)) return nodes.map((one) => renamed(one, input));
  return nodes === input ? NAME : nodes;
}
