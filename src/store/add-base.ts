import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import {
  type Checkpoint,
  FrostlineFault,
  type ModelFacts,
  type Preprocessing,
  type SavedModel,
} from "../contract/index.js";
import { freshName } from "./fresh-name.js";
import { knownBase } from "./known-bases.js";
import { publish } from "./publish.js";
import { readPublished } from "./published.js";
import { publishedBase } from "./published-base.js";
import { readSavedModel } from "./read-saved-model.js";
import { BASES, type StorePlaces } from "./shelf.js";

export interface BaseRequest {
  /** A folder with `model.json`, that file itself, or one `.keras` or `.h5` file. */
  source: string;
  /** The files to keep where they are not just those of the source, such as a model completed by the caller. */
  saved?: SavedModel;
  /** What those bytes say, parsed by the caller. */
  facts: ModelFacts;
  /** Name in the store; the published name or the source's where not given. */
  name?: string;
  title?: string;
  /** Architecture, such as `MobileNet`; needed for bases that are not published ones. */
  family?: string;
  /** Addresses under which programs ask for it. */
  addresses?: string[];
  /** What the published network expects; null or left out when not known. */
  preprocessing?: Preprocessing | null;
  licence?: string;
}

/**
 * Copies a base into the store with the hash and statistics of each of its tensors; see `Store.addBase`.
 * @returns its name in the store
 */
export async function addBase(places: StorePlaces, request: BaseRequest): Promise<string> {
  const { main, files } = request.saved ?? (await readSavedModel(request.source));
  const source = resolve(request.source);
  const folder = basename(main === "model.json" && source.endsWith(main) ? dirname(source) : source);
  const stem = folder.replace(/\.(?:json|keras|h5|hdf5)$/, "");
  const published = await readPublished(places.bundled);
  const known = knownBase(stem) ?? publishedBase(published, folder, files.get(main));
  const name = await freshName(places, BASES, request.name, known?.name ?? stem);
  if (request.facts.weights.length === 0) throw withoutWeights(name);
  const ordered = [...files].sort(([a], [b]) => Number(b === main) - Number(a === main));
  const facts: Checkpoint = {
    name,
    title: request.title ?? known?.title ?? name,
    family: request.family ?? known?.family ?? name,
    licence: request.licence ?? known?.licence ?? "not stated",
    source: folder,
    preprocessing: request.preprocessing ?? known?.preprocessing ?? null,
    inputShape: request.facts.inputShape ?? [null, null, null, 3],
    addresses: request.addresses ?? known?.addresses ?? [`/${name}/${main}`],
    ...(known?.arguments ? { arguments: known.arguments } : {}),
    files: ordered.map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
    tensors: request.facts.weights.map(({ layer, slot, path, shape, sha256, l2, mean, std, samples }) => ({
      layer,
      slot,
      path,
      shape,
      sha256,
      l2,
      mean,
      std,
      samples,
    })),
  };
  await publish(join(places.added, BASES.folder), name, async (place) => {
    for (const [path, bytes] of files) await writeFile(join(place, path), bytes);
    await writeFile(join(place, BASES.manifest), `${JSON.stringify(facts)}\n`);
  });
  return name;
}

function withoutWeights(name: string): FrostlineFault {
  return new FrostlineFault("base-invalid", {
    name,
    why: "it holds no weights",
    expected: "A saved model with trained weights",
    hint: "Save the whole model, not its configuration alone.",
  });
}
