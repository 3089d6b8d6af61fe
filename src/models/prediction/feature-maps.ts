import type { FlatCall } from "../network/flat-network.js";
import { networkCuts } from "./network-cuts.js";
import { batchesOf, joined, type Rows } from "./predict-rows.js";
import { asImageModel, type ReadyNetwork } from "./run-network.js";

/** What a base makes of images, up to one place in it. */
export interface FeatureMaps {
  /** SHA-256 over the bytes of all weights up to there; see `Cut`. */
  readonly weights: string;
  /** Of one row. */
  readonly shape: readonly number[];
  /** All rows, one after the other. */
  readonly values: Float32Array;
}

/** How far into a base: to its end for new heads, and less far for those who trained its last layers too. */
const DEPTHS = [1, 0.9, 0.75, 0.5];
/** Of all maps together; the deepest come first. */
const MAX_BYTES = 192 * 2 ** 20;

/** The feature maps of a base at several places, of all rows. Throws as the network does. */
export function featureMaps(base: ReadyNetwork, rows: Rows): FeatureMaps[] {
  const cuts = networkCuts(base);
  const deepestFirst = DEPTHS.flatMap((depth) => cuts[Math.ceil(depth * cuts.length) - 1] ?? []);
  const kept = new Map(
    deepestFirst.map(({ call, weights }) => [
      call,
      { weights, shape: [] as number[], parts: [] as Float32Array[] },
    ]),
  );
  const model = asImageModel(base, (call, value) => {
    const place = kept.get(call);
    if (!place) return;
    place.shape = value.shape.slice(1);
    place.parts.push(value.dataSync<"float32">());
  });
  for (const { input } of batchesOf(rows)) {
    model.run(input).dispose();
    input.dispose();
    dropTooLarge(kept, rows.count);
  }
  return [...kept.values()].map(({ weights, shape, parts }) => ({ weights, shape, values: joined(parts) }));
}

function dropTooLarge(kept: Map<FlatCall, { shape: readonly number[] }>, rows: number): void {
  let bytes = 0;
  for (const [call, { shape }] of kept) {
    bytes += shape.reduce((size, length) => size * length, rows * Float32Array.BYTES_PER_ELEMENT);
    if (bytes > MAX_BYTES) kept.delete(call);
  }
}
