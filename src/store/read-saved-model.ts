import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FrostlineFault, type SavedModel } from "../contract/index.js";
import type { OpenBase } from "./open.js";

/** Shards lie beside `model.json`; anything with a way out of its folder is refused. */
const SHARD = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The files of a saved model: a folder with `model.json`, that file itself, or one `.keras` or `.h5` file.
 * @throws FrostlineFault `file-missing`, `base-invalid`
 */
export async function readSavedModel(source: string): Promise<SavedModel> {
  const path = resolve(source);
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => {
      throw missing(path, error);
    },
  );
  const main = isFolder ? join(path, "model.json") : path;
  const folder = dirname(main);
  const read = async (name: string): Promise<[string, Uint8Array]> => [
    name,
    await readFile(join(folder, name)).catch((error: unknown) => {
      throw missing(join(folder, name), error);
    }),
  ];
  const first = await read(basename(main));
  const shards = main.endsWith(".json") ? shardsOf(first[1], basename(folder)) : [];
  return { main: first[0], files: new Map([first, ...(await Promise.all(shards.map(read)))]) };
}

/** The files of a base of the store. @throws as `readSavedModel` */
export const readBase = ({ folder, facts }: OpenBase): Promise<SavedModel> =>
  readSavedModel(join(folder, facts.files[0]?.path ?? ""));

function shardsOf(json: Uint8Array, name: string): string[] {
  const paths = manifestPaths(json);
  if (paths?.every((path) => SHARD.test(path))) return paths;
  throw new FrostlineFault("base-invalid", {
    name,
    why: paths
      ? "its model.json names weight files outside its folder"
      : "its model.json lists no weight files",
    expected: "A TensorFlow.js `model.json` with its weight files beside it",
    hint: "Save the model again with `model.save` or tensorflowjs_converter.",
  });
}

function manifestPaths(json: Uint8Array): string[] | null {
  try {
    const parsed = JSON.parse(Buffer.from(json).toString("utf8")) as {
      weightsManifest?: { paths?: unknown }[];
    };
    const paths = parsed.weightsManifest?.flatMap((group) => group.paths);
    return paths?.every((path) => typeof path === "string") ? paths : null;
  } catch {
    return null;
  }
}

function missing(file: string, error: unknown): FrostlineFault {
  const expected = "A folder with `model.json`, that file itself, or a `.keras` or `.h5` file";
  return new FrostlineFault("file-missing", { file, expected }, error);
}
