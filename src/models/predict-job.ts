import type { Preprocessing } from "../contract/index.js";
import type { StagedModel } from "./staged-models.js";

/** What the engine `predict` is given, as a JSON file. */
export interface PredictJob {
  models: StagedModel[];
  /** Bytes of each image, PNG or JPEG; all lie one after the other in the file `images`, for many files take long to stage. */
  images: number[];
  imageSize: number;
  /** What is done to the pixels; the images are predicted once under each. */
  steps: Preprocessing[];
  want:
    | { what: "answers" }
    /** The pooled features of the only model; with a seed those of random weights. */
    | { what: "pooled"; randomSeed: number | null }
    /** The feature maps of the only model, at the image size, for models whose images are resized so. */
    | { what: "maps"; halfPixelCentres: boolean };
  /** Feature maps of a base, for answers. */
  known: StagedMaps[];
}

/** Feature maps as staged: their values are a file. */
export interface StagedMaps {
  weights: string;
  shape: readonly number[];
  staged: string;
}
