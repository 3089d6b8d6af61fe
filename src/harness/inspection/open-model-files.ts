import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { FrostlineFault, type SavedModel } from "../../contract/index.js";
import { recogniseFormat } from "../../models/index.js";
import { readSavedModel } from "../../store/index.js";

/** What one read can hold, bytes. */
const LARGEST_FILE = 2 ** 31 - 1;

/** Files of a SavedModel that say what it is; its variables can be gigabytes and are not read. */
const SAVED_MODEL = "saved_model.pb";
const METADATA = ["keras_metadata.pb", "fingerprint.pb"];

const ENDS_LIKE_A_MODEL = /\.(?:keras|h5|hdf5)$/i;
const EXPECTED =
  "A `.keras` or `.h5` file, a `model.json`, or a folder that holds a `model.json` or a `saved_model.pb`";

/**
 * The bytes of the saved model at `source`, by file name. Nothing of them is interpreted but their first bytes.
 * @throws FrostlineFault `file-missing`, `file-unreadable`, `model-too-large`, `model-format`, `model-unreadable`
 */
export async function openModelFiles(source: string): Promise<SavedModel> {
  const path = resolve(source);
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" || error.code === "ENOTDIR"
      ? new FrostlineFault("file-missing", { file: source, expected: EXPECTED }, error)
      : new FrostlineFault("file-unreadable", { file: source, why: String(error.code) }, error);
  });
  if (stats.isDirectory()) return openFolder(path, source);
  if (!stats.isFile()) throw new FrostlineFault("file-unreadable", { file: source, why: "it is not a file" });
  if (stats.size > LARGEST_FILE)
    throw new FrostlineFault("model-too-large", { file: source, bytes: stats.size, limit: LARGEST_FILE });
  if (basename(path) === SAVED_MODEL) return openSavedModel(resolve(path, ".."), source);
  return openFile(path, source);
}

async function openFolder(path: string, source: string): Promise<SavedModel> {
  const names = await readdir(path);
  if (names.includes("model.json")) return openFile(join(path, "model.json"), source);
  if (names.includes(SAVED_MODEL)) return openSavedModel(path, source);
  const models = names.filter((name) => ENDS_LIKE_A_MODEL.test(name)).sort();
  throw notAModel(
    source,
    models.length > 0
      ? `a folder without a model.json (name one of its models: ${models.slice(0, 5).join(", ")})`
      : "a folder without a saved model",
  );
}

/** One file, or a `model.json` with the weight files that it lists. */
async function openFile(path: string, source: string): Promise<SavedModel> {
  const main = basename(path);
  const bytes = await readWhole(path, source);
  const files = new Map([[main, bytes]]);
  if (recogniseFormat(files).length === 0) throw notAModel(source, "no saved model that is known here");
  if (!main.toLowerCase().endsWith(".json")) return { main, files };
  try {
    return await readSavedModel(path);
  } catch (error) {
    if (!(error instanceof FrostlineFault) || error.fault.code !== "base-invalid") throw error;
    // The store speaks of bases; here the same file is simply a model.
    const why = String(error.fault.params["why"]).replace("its model.json", "it");
    throw new FrostlineFault("model-unreadable", { file: source, why }, error);
  }
}

/** A SavedModel by the files that say what it is; they are recognised by their place in the folder alone. */
async function openSavedModel(folder: string, source: string): Promise<SavedModel> {
  const present = await readdir(folder);
  const names = [SAVED_MODEL, ...METADATA.filter((name) => present.includes(name))];
  const read = (name: string): Promise<Uint8Array> => readWhole(join(folder, name), join(source, name));
  return {
    main: SAVED_MODEL,
    files: new Map(
      await Promise.all(names.map(async (name) => [name, await read(name)] satisfies [string, Uint8Array])),
    ),
  };
}

function readWhole(path: string, file: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new FrostlineFault("file-unreadable", { file, why: error.code ?? error.message }, error);
  });
}

const notAModel = (file: string, format: string): FrostlineFault =>
  new FrostlineFault("model-format", { file, format, why: "nothing can be read" });
