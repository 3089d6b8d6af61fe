import * as tf from "@tensorflow/tfjs";
import type { Preprocessing, Shape } from "../../contract/index.js";
import { ModelProblem } from "../model-problem.js";
import { type ImageFormat, imageBatch } from "./image-batch.js";
import type { ImageModel } from "./image-model.js";

/** Pixels in one batch: enough to keep the processor busy, few enough for the first layers of a large network. */
const BATCH_PIXELS = 512 * 1024;
const MAX_BATCH = 64;

/** What a model is given, a row each: images, or what they became on their way through a network. */
export interface Rows {
  readonly count: number;
  /** How many are computed at once. */
  readonly batch: number;
  /** Shape [length, ...]; the caller disposes it. */
  read(start: number, length: number): tf.Tensor;
}

export interface ImageRequest {
  /** Encoded, PNG or JPEG. */
  readonly images: readonly Uint8Array[];
  readonly imageSize: number;
  readonly preprocessing: Preprocessing;
}

export interface PredictedRows {
  readonly rows: number;
  readonly outputs: number;
  readonly values: Float32Array;
}

/**
 * Images as a model takes them.
 * @throws ModelProblem `model-input` when it takes none
 */
export function imageRows(model: ImageModel, request: ImageRequest): Rows {
  const format = imageFormat(model, request);
  return {
    count: request.images.length,
    batch: Math.max(1, Math.min(MAX_BATCH, Math.floor(BATCH_PIXELS / (format.height * format.width)))),
    read: (start, length) => imageBatch(request.images.slice(start, start + length), format),
  };
}

/**
 * Applies networks one after the other to rows, in batches.
 * @param pooled the mean over places of an output that still has them, so that a base's answer is one vector a row
 * @throws ModelProblem `model-input` when a network takes not what comes before it, and as the networks do
 */
export function predictRows(networks: readonly ImageModel[], rows: Rows, pooled = false): PredictedRows {
  const parts: Float32Array[] = [];
  let outputs = 0;
  for (const { input, length } of batchesOf(rows)) {
    const predicted = applyAll(networks, input, pooled);
    if (predicted.shape[0] !== length)
      throw new ModelProblem("prediction-failed", {
        why: `it gives ${predicted.shape[0] ?? 1} rows for ${length} images`,
      });
    outputs = predicted.size / length;
    parts.push(predicted.dataSync<"float32">().slice());
    predicted.dispose();
  }
  return { rows: rows.count, outputs, values: joined(parts) };
}

/** Rows as they are computed at once; who takes a batch disposes it. */
export function* batchesOf(rows: Rows): Generator<{ input: tf.Tensor; length: number }> {
  for (let start = 0; start < rows.count; start += rows.batch) {
    const length = Math.min(rows.batch, rows.count - start);
    yield { input: rows.read(start, length), length };
  }
}

/** One array after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const values = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const part of parts) {
    values.set(part, offset);
    offset += part.length;
  }
  return values;
}

/** The input is disposed. */
function applyAll(networks: readonly ImageModel[], images: tf.Tensor, pooled: boolean): tf.Tensor {
  let current = images;
  for (const network of networks) {
    const expected = network.inputs[0]?.shape ?? null;
    if (expected && !fits(current.shape, expected))
      throw new ModelProblem("model-input", {
        found: shown(expected),
        expected: shown([null, ...current.shape.slice(1)]),
      });
    const next = network.run(current);
    current.dispose();
    current = next;
  }
  const float = tf.tidy(() => {
    const values = tf.cast(current, "float32");
    return pooled && values.rank === 4 ? tf.mean(values, [1, 2]) : values;
  });
  current.dispose();
  return float;
}

function imageFormat({ inputs, halfPixelCentres }: ImageModel, request: ImageRequest): ImageFormat {
  const shape = inputs[0]?.shape ?? [null, null, null, 3];
  const channels = shape[3] ?? 3;
  if (shape.length !== 4 || (channels !== 1 && channels !== 3) || inputs.length !== 1)
    throw new ModelProblem("model-input", {
      found: inputs.length === 1 ? shown(shape) : `${inputs.length} values at once`,
      expected: "[batch, height, width, 3]",
    });
  return {
    height: shape[1] ?? request.imageSize,
    width: shape[2] ?? request.imageSize,
    channels,
    preprocessing: request.preprocessing,
    halfPixelCentres,
  };
}

const fits = (actual: readonly number[], expected: Shape): boolean =>
  actual.length === expected.length &&
  actual.every((size, axis) => axis === 0 || expected[axis] === null || expected[axis] === size);

const shown = (shape: Shape): string =>
  `[${shape.map((size, axis) => size ?? (axis === 0 ? "batch" : "any")).join(", ")}]`;
