import * as tf from "@tensorflow/tfjs";
import type { FlatCall } from "../network/flat-network.js";
import type { FeatureMaps } from "./feature-maps.js";
import type { ImageModel } from "./image-model.js";
import { networkCuts } from "./network-cuts.js";
import { joined, type PredictedRows, predictRows, type Rows } from "./predict-rows.js";
import { asImageModel, behindCut, type ReadyNetwork } from "./run-network.js";

/**
 * Predicts from the feature maps of a base in place of images, where they are the network's own: where all weights
 * before a cut have the same bytes, and the first batch, computed in full, the same bits there. The answers are the
 * same bits either way.
 * @param rest networks applied after it
 * @param known of the same images; where none is the network's, everything is computed
 */
export function predictFromMaps(
  network: ReadyNetwork,
  rest: readonly ImageModel[],
  images: Rows,
  known: readonly FeatureMaps[],
): PredictedRows {
  const byCall = new Map<FlatCall, FeatureMaps>();
  for (const { call, weights } of networkCuts(network)) {
    const maps = known.find((one) => one.weights === weights);
    if (maps) byCall.set(call, maps);
  }
  let deepest: { call: FlatCall; maps: FeatureMaps } | null = null;
  const watched = asImageModel(network, (call, value) => {
    const maps = byCall.get(call);
    if (maps && begins(maps, value)) deepest = { call, maps };
  });
  const first = predictRows([watched, ...rest], { ...images, count: Math.min(images.batch, images.count) });
  const others = othersOf(network, images, deepest);
  const last = predictRows([others.model, ...rest], others.rows);
  return { rows: images.count, outputs: first.outputs, values: joined([first.values, last.values]) };
}

/** What the batches after the first are computed by, and from what. */
function othersOf(
  network: ReadyNetwork,
  images: Rows,
  deepest: { call: FlatCall; maps: FeatureMaps } | null,
): { model: ImageModel; rows: Rows } {
  const rows = deepest ? mapRows(deepest.maps, images) : images;
  return {
    model: deepest ? behindCut(network, deepest.call) : asImageModel(network),
    rows: {
      count: Math.max(0, images.count - images.batch),
      batch: images.batch,
      read: (start, length) => rows.read(images.batch + start, length),
    },
  };
}

function mapRows({ shape, values }: FeatureMaps, { count, batch }: Rows): Rows {
  const size = values.length / count;
  return {
    count,
    batch,
    read: (start, length) =>
      tf.tensor(values.subarray(start * size, (start + length) * size), [length, ...shape]),
  };
}

function begins({ shape, values }: FeatureMaps, batch: tf.Tensor): boolean {
  return (
    shape.join() === batch.shape.slice(1).join() &&
    batch.dataSync<"float32">().every((value, index) => value === values[index])
  );
}
