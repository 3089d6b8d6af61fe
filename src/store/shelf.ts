import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  Checkpoint,
  Dataset,
  type FaultCode,
  FrostlineFault,
  nearest,
  parseJson,
} from "../contract/index.js";
import { findPublished, readPublished } from "./published.js";

/** What the store keeps of one sort: where, under which manifest, and what is said when it is not there. */
export interface Shelf<T extends { name: string } = { name: string }> {
  folder: string;
  manifest: string;
  parse(text: string, file: string): T;
  missing: FaultCode;
  invalid: FaultCode;
  howToAdd(name: string, places: StorePlaces): Promise<string>;
}

export const DATASETS: Shelf<Dataset> = {
  folder: "datasets",
  manifest: "dataset.json",
  parse: (text, file) => parseJson(Dataset, text, file),
  missing: "dataset-missing",
  invalid: "dataset-invalid",
  howToAdd: async (name) => `Add it with \`frostline store add FOLDER --name ${name}\`.`,
};

export const BASES: Shelf<Checkpoint> = {
  folder: "bases",
  manifest: "checkpoint.json",
  parse: (text, file) => parseJson(Checkpoint, text, file),
  missing: "base-missing",
  invalid: "base-invalid",
  howToAdd: async (name, { bundled }) =>
    findPublished(await readPublished(bundled), name)
      ? `Get it with \`frostline store pull ${name}\`.`
      : `Add it with \`frostline store add path/to/model.json --name ${name}\`.`,
};

/** The two places of a store: what comes with Frostline, and what a teacher added. */
export interface StorePlaces {
  bundled: string;
  added: string;
}

/** An entry whose manifest was read; its files are not verified yet. */
export interface Stocked<T> {
  /** `name@sha256` of the manifest. */
  ref: string;
  facts: T;
  folder: string;
  bundled: boolean;
}

/** Every entry of a shelf, bundled ones first, then by name. */
export async function listShelf<T extends { name: string }>(
  places: StorePlaces,
  shelf: Shelf<T>,
): Promise<Stocked<T>[]> {
  const names = await namesOn(places, shelf);
  return Promise.all(names.map((name) => findOnShelf(places, shelf, name)));
}

/**
 * The entry called `nameOrRef`, with or without the `@sha256` of its manifest.
 * @throws FrostlineFault `dataset-missing`, `base-missing`, or `-invalid` where the store holds another version.
 */
export async function findOnShelf<T extends { name: string }>(
  places: StorePlaces,
  shelf: Shelf<T>,
  nameOrRef: string,
): Promise<Stocked<T>> {
  const [name = "", wanted] = nameOrRef.split("@", 2);
  for (const { root, bundled } of rootsOf(places, shelf)) {
    const folder = join(root, name);
    const text = isName(name) ? await readManifest(join(folder, shelf.manifest)) : null;
    if (text === null) continue;
    const hash = createHash("sha256").update(text).digest("hex");
    if (wanted !== undefined && wanted !== hash) throw otherVersion(shelf, nameOrRef, `${name}@${hash}`);
    const facts = shelf.parse(text.toString("utf8"), join(folder, shelf.manifest));
    if (facts.name !== name) throw otherName(shelf, name, facts.name);
    return { ref: `${name}@${hash}`, facts, folder, bundled };
  }
  throw await missing(places, shelf, name);
}

/** Whether a shelf may hold an entry of this name. */
export function isName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*$/.test(name);
}

/** Names of all entries, bundled ones first. */
export async function namesOn(places: StorePlaces, shelf: Shelf): Promise<string[]> {
  const names = new Set<string>();
  for (const { root } of rootsOf(places, shelf)) {
    for (const name of (await readdir(root).catch(() => [])).filter(isName).sort())
      if ((await readManifest(join(root, name, shelf.manifest))) !== null) names.add(name);
  }
  return [...names];
}

function rootsOf(places: StorePlaces, shelf: Shelf): { root: string; bundled: boolean }[] {
  return [
    { root: places.bundled, bundled: true },
    { root: join(places.added, shelf.folder), bundled: false },
  ];
}

async function readManifest(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw new FrostlineFault("file-unreadable", { file: path, why: error.code ?? error.message }, error);
  });
}

async function missing(places: StorePlaces, shelf: Shelf, name: string): Promise<FrostlineFault> {
  const names = await namesOn(places, shelf);
  const near = nearest(name, names);
  return new FrostlineFault(shelf.missing, {
    name,
    known: names.length > 0 ? names.join(", ") : "none yet (the store is empty)",
    hint: `${near ? `Did you mean \`${near}\`? ` : ""}${await shelf.howToAdd(name, places)}`,
  });
}

function otherVersion(shelf: Shelf, wanted: string, held: string): FrostlineFault {
  return new FrostlineFault(shelf.invalid, {
    name: wanted,
    why: `the store holds another version, \`${held}\``,
    expected: "The version that was named",
    hint: "Name the version the store holds, or put the named version into the store.",
  });
}

function otherName(shelf: Shelf, name: string, inside: string): FrostlineFault {
  return new FrostlineFault(shelf.invalid, {
    name,
    why: `its ${shelf.manifest} calls it \`${inside}\``,
    expected: "A folder of the same name as its manifest says",
    hint: "Rename the folder.",
  });
}
