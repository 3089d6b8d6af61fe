import { Type } from "@sinclair/typebox";
import {
  type Artifact,
  failed,
  found,
  type PredictionInputs,
  parse,
  type SavedModel,
  Sha256,
} from "../contract/index.js";
import type { FeatureMaps } from "./prediction/feature-maps.js";
import type { JailContext } from "./run-engine.js";
import { runPredict } from "./run-predict.js";

const MapsHeader = Type.Object({
  maps: Type.Array(Type.Object({ weights: Sha256, shape: Type.Array(Type.Integer({ minimum: 0 })) })),
});

/**
 * The feature maps of a base at its end and at some places before, for `predict` of models that were built on it.
 * @param base one we trust: what is computed from it stands for the same layers of others' models
 * @param halfPixelCentres how those models' images are resized; see `ImageFormat`
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export async function baseMaps(
  context: JailContext,
  base: SavedModel,
  { images, imageSize, preprocessing }: PredictionInputs,
  halfPixelCentres: boolean,
): Promise<Artifact<FeatureMaps[]>> {
  const want = { what: "maps" as const, halfPixelCentres };
  const answer = await runPredict(context, {
    models: [base],
    images,
    imageSize,
    steps: [preprocessing],
    want,
  });
  if ("code" in answer) return failed(answer);
  const { maps } = parse(MapsHeader, answer.header, "the answer of predict");
  let offset = answer.body.byteOffset;
  const all = maps.map(({ weights, shape }) => {
    const length = shape.reduce((size, side) => size * side, images.length);
    const values = new Float32Array(answer.body.buffer, offset, length);
    offset += values.byteLength;
    return { weights, shape, values };
  });
  return found(all, "measured");
}
