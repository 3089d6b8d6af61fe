import { Type } from "@sinclair/typebox";
import { type Json, parseJson, type SavedModel } from "../contract/index.js";
import { mobilenetV1Topology } from "./architectures/mobilenet-v1.js";

const Manifest = Type.Object({
  modelTopology: Type.Optional(Type.Unknown()),
  weightsManifest: Type.Array(
    Type.Object({
      weights: Type.Array(Type.Object({ name: Type.String(), shape: Type.Array(Type.Integer()) })),
    }),
  ),
});

/** The side that published MobileNets take where nothing says otherwise, pixels. */
const PUBLISHED_SIZE = 224;

/**
 * A TensorFlow.js model whose `model.json` lists weights but no layers, with the layers of the published
 * architecture its weights belong to; any other model as it is.
 * @throws FrostlineFault `json-unreadable` or `json-invalid` for a `model.json` that is not one.
 */
export function completeTopology(saved: SavedModel): SavedModel {
  const bytes = saved.files.get(saved.main);
  if (!bytes || !saved.main.endsWith(".json")) return saved;
  const text = Buffer.from(bytes).toString("utf8");
  const manifest = parseJson(Manifest, text, saved.main);
  if (manifest.modelTopology !== null && manifest.modelTopology !== undefined) return saved;
  const weights = manifest.weightsManifest.flatMap((group) => group.weights);
  const modelTopology = mobilenetV1Topology(
    new Map(weights.map(({ name, shape }) => [name, shape])),
    PUBLISHED_SIZE,
  );
  if (!modelTopology) return saved;
  const completed: Json = { format: "layers-model", ...JSON.parse(text), modelTopology };
  return { ...saved, files: new Map([...saved.files, [saved.main, Buffer.from(JSON.stringify(completed))]]) };
}
