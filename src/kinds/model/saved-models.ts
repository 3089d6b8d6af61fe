import { posix } from "node:path";
import type { SavedModel, Snapshot } from "../../contract/index.js";
import { recogniseFormat } from "../../models/index.js";

/** A saved model of the submission, with its place. */
export interface SavedFile {
  /** Path of the file to open first. */
  path: string;
  model: SavedModel;
}

/** Every saved model of the submission, in the order of their names: `phase1` before `phase2`. */
export function savedModels(snapshot: Snapshot): SavedFile[] {
  const all = new Map(snapshot.files.map(({ path }) => [path, snapshot.read(path)]));
  return recogniseFormat(all)
    .map(({ main }) => ({ path: main, model: { main: posix.basename(main), files: beside(main, all) } }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A `model.json` needs the files of its folder; the other formats are one file. */
function beside(main: string, all: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const folder = posix.dirname(main);
  const needed = main.endsWith(".json")
    ? [...all].filter(([path]) => posix.dirname(path) === folder)
    : [...all].filter(([path]) => path === main);
  return new Map(needed.map(([path, bytes]) => [posix.basename(path), bytes]));
}
