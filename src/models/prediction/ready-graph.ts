import * as tf from "@tensorflow/tfjs";
import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { SavedModel } from "../../contract/index.js";
import { parseDescription } from "../formats/parse-description.js";
import { isObject, type JsonObject, listAt, objectAt } from "../json-access.js";
import { ModelProblem, unreadable } from "../model-problem.js";
import type { FlatNetwork } from "../network/flat-network.js";
import { groupBytes } from "../weights/read-weights-manifest.js";
import { GRAPH_OPERATIONS } from "./graph-operations.js";
import type { ImageModel } from "./image-model.js";

/**
 * A TensorFlow.js graph model, computed by TensorFlow.js itself once each of its operations is known to be harmless.
 * @param flat the graph as it was read
 * @throws ModelProblem `model-layer` for an operation that is not computed here, `model-unreadable`
 */
export async function readyGraph(saved: SavedModel, flat: FlatNetwork): Promise<ImageModel> {
  const file = saved.main;
  for (const { layer } of flat.calls)
    if (!GRAPH_OPERATIONS.has(layer.node.class))
      throw new ModelProblem("model-layer", { layer: layer.path, class: layer.node.class });
  const [end] = flat.outputs;
  const [input] = flat.inputs;
  if (end?.from !== "call" || input?.path == null) throw unreadable(file, "it has no input or no output");
  const output = end.call.layer.path;
  const graph = await loaded(parseDescription(saved.files.get(file) ?? new Uint8Array(), file), saved);
  const name = input.path;
  const dtype = graph.inputs.find((one) => one.name === name)?.dtype;
  const run = (images: tf.Tensor): tf.Tensor => {
    try {
      // Models for photographs may ask for whole numbers.
      const given = dtype === "int32" ? tf.cast(tf.round(images), "int32") : images;
      return graph.execute({ [name]: given }, output) as tf.Tensor;
    } catch (error) {
      const why = `its graph cannot be computed: ${(error as Error).message.slice(0, 300)}`;
      throw new ModelProblem("prediction-failed", { why }, error);
    }
  };
  // A graph may be fixed to a batch, which is of one image where a model is made for a browser.
  const one = input.shape?.[0] === 1;
  return {
    inputs: flat.inputs,
    halfPixelCentres: true,
    run: (images) =>
      tf.tidy(() => (one ? tf.concat(tf.split(images, images.shape[0] ?? 1).map(run)) : run(images))),
  };
}

/** Nothing of the description but nodes and weights is used: no functions, initialisers or signatures. */
async function loaded(description: JsonObject, saved: SavedModel): Promise<GraphModel<tf.io.IOHandlerSync>> {
  // Only graph models need it, and it takes long to load.
  const { loadGraphModelSync } = await import("@tensorflow/tfjs-converter");
  const manifest = listAt(description, "weightsManifest").filter(isObject);
  const weights = Buffer.concat(manifest.map((group) => groupBytes(listAt(group, "paths"), saved)));
  const artifacts = {
    modelTopology: { node: listAt(objectAt(description, "modelTopology"), "node"), versions: {} },
    weightSpecs: manifest.flatMap((group) =>
      listAt(group, "weights"),
    ) as unknown as tf.io.WeightsManifestEntry[],
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  };
  try {
    return loadGraphModelSync(artifacts as tf.io.ModelArtifacts);
  } catch (error) {
    throw unreadable(
      saved.main,
      `TensorFlow.js does not load it (${(error as Error).message.slice(0, 300)})`,
    );
  }
}
