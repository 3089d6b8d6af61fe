import type { Checkpoint, Dataset, SplitName } from "../contract/index.js";

/** A verified data set on disk. `ref` is `name@sha256` of its manifest. */
export interface OpenDataset {
  ref: string;
  facts: Dataset;
  folder: string;
  /** Files of a split in the manifest's order, absolute, with their class index. Labels stay in the caller. */
  examples(split: SplitName): { path: string; label: number }[];
}

/** A verified checkpoint on disk. `ref` is `name@sha256` of its manifest. */
export interface OpenBase {
  ref: string;
  facts: Checkpoint;
  folder: string;
}
