import * as tf from "@tensorflow/tfjs";
import type { Preprocessing } from "../../contract/index.js";
import { ModelProblem } from "../model-problem.js";
import { decodeImage } from "./decode-image.js";

/** What the first model takes, pixels. */
export interface ImageFormat {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly preprocessing: Preprocessing;
  /** TensorFlow.js programs resize without, Keras with half-pixel centres; a model is given what it was trained on. */
  readonly halfPixelCentres: boolean;
}

/** Weights of red, green and blue in a grey value (ITU-R 601), as both frameworks use them. */
const LUMA = [0.2989, 0.587, 0.114];

/** Decodes, resizes and preprocesses images: shape [images, height, width, channels]. The caller disposes it. */
export function imageBatch(images: readonly Uint8Array[], format: ImageFormat): tf.Tensor4D {
  return tf.tidy(() => {
    const resized = images.map((bytes) => {
      const pixels = decodeImage(bytes);
      const size: [number, number] = [format.height, format.width];
      if (pixels.shape[0] === size[0] && pixels.shape[1] === size[1]) return pixels;
      return tf.image.resizeBilinear(pixels, size, false, format.halfPixelCentres);
    });
    return preprocess(tf.stack(resized) as tf.Tensor4D, format);
  });
}

/** Reorders the channels, then scales and shifts them in their new order. */
function preprocess(pixels: tf.Tensor4D, { preprocessing, channels }: ImageFormat): tf.Tensor4D {
  const { scale, offset, channels: order } = preprocessing;
  if (channels === 1) {
    if (scale.length > 1 || offset.length > 1)
      throw new ModelProblem("model-input", {
        found: "[.., .., 1]",
        expected: "[.., .., 3], because the colours are preprocessed one by one",
      });
    const grey = tf.sum(tf.mul(pixels, tf.tensor1d(LUMA)), -1, true);
    return tf.add(
      tf.mul(
        tf.div(
          grey,
          LUMA.reduce((sum, part) => sum + part),
        ),
        tf.tensor1d(scale),
      ),
      tf.tensor1d(offset),
    );
  }
  const ordered = order === "bgr" ? tf.reverse(pixels, -1) : pixels;
  return tf.add(tf.mul(ordered, tf.tensor1d(scale)), tf.tensor1d(offset));
}
