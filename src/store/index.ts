export type { BaseRequest } from "./add-base.js";
export type { AddedDataset, DatasetRequest } from "./add-dataset.js";
export { matchBase } from "./match-base.js";
export type { OpenBase, OpenDataset } from "./open.js";
export { openStore, type Store } from "./open-store.js";
export type { PullRequest } from "./pull-checkpoint.js";
export { readBase, readSavedModel } from "./read-saved-model.js";
export type { Stocked } from "./shelf.js";
