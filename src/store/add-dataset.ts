import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { type Dataset, FrostlineFault } from "../contract/index.js";
import { collectFolder } from "./collect-folder.js";
import { collectNpz } from "./collect-npz.js";
import { datasetInvalid } from "./dataset-invalid.js";
import { makeManifest } from "./dataset-manifest.js";
import { freshName } from "./fresh-name.js";
import type { DroppedPicture, Picture } from "./picture.js";
import { publish } from "./publish.js";
import { DATASETS, findOnShelf, type StorePlaces } from "./shelf.js";
import { splitPictures } from "./split-pictures.js";

export interface DatasetRequest {
  /** A folder of pictures, or a `.npz` file. */
  source: string;
  /** Name in the store; from the source's name where not given. */
  name?: string;
  title?: string;
  /** Of the draw, 1 where not given. */
  seed?: number;
  /** Share of each class that is held out, 0..1, where the source has no test part; 0.25 where not given. */
  hiddenFraction?: number;
  /** Share of each class for validation, 0..1, where the source has none; 0.15 where not given. */
  validationFraction?: number;
  licence?: string;
}

export interface AddedDataset {
  ref: string;
  folder: string;
  facts: Dataset;
  /** Pictures left out, with the reason for each. */
  dropped: DroppedPicture[];
}

/** Divides a source into splits, copies it into the store and describes it; see `Store.addDataset`. */
export async function addDataset(places: StorePlaces, request: DatasetRequest): Promise<AddedDataset> {
  const { hiddenFraction = 0.25, validationFraction = 0.15, seed = 1 } = request;
  checkFractions(hiddenFraction, validationFraction);
  const source = resolve(request.source);
  const name = await freshName(places, DATASETS, request.name, basename(source, extname(source)));
  const pictures = await collect(source);
  const { placed, dropped, rule } = splitPictures(pictures, { seed, hiddenFraction, validationFraction });
  const facts = makeManifest(placed, {
    name,
    title: request.title ?? name,
    licence: request.licence ?? "not stated",
    source: basename(source),
    split: { rule, seed },
  });
  await publish(join(places.added, DATASETS.folder), name, async (folder) => {
    for (const { picture, split } of placed) {
      const path = join(folder, split, picture.class, picture.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await picture.load());
    }
    await writeFile(join(folder, DATASETS.manifest), `${JSON.stringify(facts, null, 1)}\n`);
  });
  const { ref, folder } = await findOnShelf(places, DATASETS, name);
  return { ref, folder, facts, dropped };
}

async function collect(source: string): Promise<Picture[]> {
  const stats = await stat(source).catch((error: unknown) => {
    const expected = "A folder of pictures or a `.npz` file";
    throw new FrostlineFault("file-missing", { file: source, expected }, error);
  });
  if (stats.isDirectory()) return collectFolder(source);
  if (extname(source).toLowerCase() === ".npz") return collectNpz(source);
  throw datasetInvalid(basename(source), "it is neither a folder nor a `.npz` file", {
    hint: "Unpack an archive first and add the folder.",
  });
}

function checkFractions(hidden: number, validation: number): void {
  if (hidden > 0 && validation > 0 && hidden + validation < 1) return;
  throw new FrostlineFault("option-invalid", {
    option: "The pair of hidden and validation shares",
    found: `${hidden} and ${validation}`,
    expected: "Two numbers above 0 that leave something to train on",
    hint: "Leave both out for 0.25 and 0.15.",
  });
}
