import type { Preprocessing } from "./checkpoint.js";

/** A saved model as bytes, by file name: `model.json` with its shards, or one `.keras` or `.h5` file. */
export interface SavedModel {
  /** The file to open first. */
  main: string;
  files: ReadonlyMap<string, Uint8Array>;
}

/** Images to predict, as encoded files (PNG or JPEG), in the order of the answers. No names, no labels. */
export interface PredictionInputs {
  images: readonly Uint8Array[];
  /** Used where the model's own input size is free, pixels. */
  imageSize: number;
  /** What is done to the pixels (0..255 RGB) before the first model. */
  preprocessing: Preprocessing;
  /** The program's own function that prepares pixels in its place, where it has one. */
  prepare?: OwnPreparation;
}

/** A function of the program that was handed in, by its name. */
export interface OwnPreparation {
  name: string;
  /** Whether `preprocessing` was recognised in what the program fed to training, so that both must agree. */
  recognised: boolean;
}

/** Row-major outputs: `values[i * outputs + k]` is output k for image i. */
export interface Predictions {
  rows: number;
  outputs: number;
  values: Float32Array;
  /** What the program's own function did to the images, by their range; left out where it was not used. */
  prepared?: Preprocessing;
}
