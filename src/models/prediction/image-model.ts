import type * as tf from "@tensorflow/tfjs";
import type { FlatInput } from "../network/flat-network.js";

/** Anything that takes a batch of images and gives one row for each. */
export interface ImageModel {
  readonly inputs: readonly FlatInput[];
  /** TensorFlow.js programs resize without, Keras with half-pixel centres; a model is given what it was trained on. */
  readonly halfPixelCentres: boolean;
  /** The caller disposes the result and the input. */
  run(input: tf.Tensor): tf.Tensor;
}
