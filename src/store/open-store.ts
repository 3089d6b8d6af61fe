import { join, resolve } from "node:path";
import {
  type Checkpoint,
  type Dataset,
  type Fault,
  FrostlineFault,
  type SplitName,
} from "../contract/index.js";
import { addBase, type BaseRequest } from "./add-base.js";
import { type AddedDataset, addDataset, type DatasetRequest } from "./add-dataset.js";
import { checkFiles } from "./check-files.js";
import type { OpenBase, OpenDataset } from "./open.js";
import { type Published, readPublished } from "./published.js";
import { type PulledCheckpoint, type PullRequest, pullCheckpoint } from "./pull-checkpoint.js";
import {
  BASES,
  DATASETS,
  findOnShelf,
  listShelf,
  namesOn,
  type Shelf,
  type Stocked,
  type StorePlaces,
} from "./shelf.js";

/** Data sets and pretrained bases: what comes with Frostline, then what a teacher added. */
export interface Store {
  /** Where added entries lie. */
  folder: string;
  listDatasets(): Promise<Stocked<Dataset>[]>;
  listBases(): Promise<Stocked<Checkpoint>[]>;
  /** @throws FrostlineFault `dataset-missing`, `dataset-invalid` (another version), `store-corrupt` */
  openDataset(nameOrRef: string): Promise<OpenDataset>;
  /** @throws FrostlineFault `base-missing`, `base-invalid` (another version), `store-corrupt` */
  openBase(nameOrRef: string): Promise<OpenBase>;
  /** Hashes everything; a fault for each entry that cannot be used. */
  verify(): Promise<{ ref: string; fault: Fault | null }[]>;
  /** @throws FrostlineFault `dataset-invalid`, `option-invalid`, `file-missing`, `output-unwritable` */
  addDataset(request: DatasetRequest): Promise<AddedDataset>;
  /** @throws FrostlineFault `base-invalid`, `option-invalid`, `file-missing`, `output-unwritable` */
  addBase(request: BaseRequest): Promise<OpenBase>;
  /** Every checkpoint that can be pulled. */
  published(): Promise<Published>;
  /**
   * Downloads a published checkpoint and checks its published hash, for `addBase` to add.
   * @throws FrostlineFault `option-invalid`, `download-failed`, `download-differs`, `output-unwritable`
   */
  pull(request: PullRequest): Promise<PulledCheckpoint>;
}

/**
 * @param options.root the project's root folder, which holds the bundled entries
 * @param options.folder the teacher's store; `$FROSTLINE_STORE`, else `<root>/.cache/store` where not given
 */
export function openStore(options: { root: string; folder?: string }): Store {
  const folder = options.folder ?? process.env["FROSTLINE_STORE"] ?? join(options.root, ".cache", "store");
  const places: StorePlaces = {
    bundled: resolve(options.root, "src", "store", "bundled"),
    added: resolve(folder),
  };
  const openBase = async (nameOrRef: string) => verified(await findOnShelf(places, BASES, nameOrRef));
  return {
    folder: places.added,
    listDatasets: () => listShelf(places, DATASETS),
    listBases: () => listShelf(places, BASES),
    openDataset: async (nameOrRef) =>
      withExamples(await verified(await findOnShelf(places, DATASETS, nameOrRef))),
    openBase,
    verify: () => verifyAll(places),
    addDataset: (request) => addDataset(places, request),
    addBase: async (request) => openBase(await addBase(places, request)),
    published: () => readPublished(places.bundled),
    pull: (request) => pullCheckpoint(places, request),
  };
}

async function verifyAll(places: StorePlaces): Promise<{ ref: string; fault: Fault | null }[]> {
  const results: { ref: string; fault: Fault | null }[] = [];
  for (const shelf of [DATASETS, BASES] as Shelf<Dataset | Checkpoint>[])
    for (const name of await namesOn(places, shelf))
      try {
        const { ref, folder, facts } = await findOnShelf(places, shelf, name);
        results.push({ ref, fault: await checkFiles(folder, facts.files) });
      } catch (error) {
        if (!(error instanceof FrostlineFault)) throw error;
        results.push({ ref: name, fault: error.fault });
      }
  return results;
}

async function verified<T extends Dataset | Checkpoint>(entry: Stocked<T>): Promise<Stocked<T>> {
  const found = await checkFiles(entry.folder, entry.facts.files);
  if (found) throw new FrostlineFault(found.code, found.params);
  return entry;
}

function withExamples(entry: Stocked<Dataset>): OpenDataset {
  const { classes, files } = entry.facts;
  const examples = (split: SplitName) =>
    files.flatMap(({ path }) => {
      const [ofSplit, ofClass = ""] = path.split("/");
      return ofSplit === split ? [{ path: join(entry.folder, path), label: classes.indexOf(ofClass) }] : [];
    });
  return { ref: entry.ref, facts: entry.facts, folder: entry.folder, examples };
}
