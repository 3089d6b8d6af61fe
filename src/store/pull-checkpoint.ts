import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DownloadRequest, download } from "./download.js";
import { freshName } from "./fresh-name.js";
import { mustFindPublished, type PublishedCheckpoint, readPublished } from "./published.js";
import { checkPublishedHash } from "./published-base.js";
import { BASES, type StorePlaces } from "./shelf.js";

export interface PullRequest extends Pick<DownloadRequest, "onProgress" | "signal"> {
  /** A network of `keras.applications`, one of its variants, or the name of its weights file. */
  name: string;
  /** Address of a folder that mirrors the files; the publisher's own where not given. The hash is the publisher's. */
  from?: string;
}

/** A published file on this machine whose hash was checked where Keras has one. */
export interface PulledCheckpoint {
  path: string;
  checkpoint: PublishedCheckpoint;
}

/**
 * Downloads a published checkpoint into `downloads` of the store; see `Store.pull`.
 * @throws FrostlineFault `option-invalid`, `base-invalid` for one that is there already, `download-failed`,
 * `download-differs`, `output-unwritable`
 */
export async function pullCheckpoint(places: StorePlaces, request: PullRequest): Promise<PulledCheckpoint> {
  const checkpoint = mustFindPublished(await readPublished(places.bundled), request.name);
  // What is there already is said before anything is downloaded.
  await freshName(places, BASES, undefined, checkpoint.name);
  const path = join(places.added, "downloads", checkpoint.file);
  const part = `${path}.part`;
  const { onProgress, signal } = request;
  const address =
    request.from === undefined
      ? checkpoint.address
      : `${request.from.replace(/\/+$/, "")}/${checkpoint.file}`;
  await download({ address, part, ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) });
  try {
    if (checkpoint.hash) checkPublishedHash(checkpoint, await hashOf(part, checkpoint.hash.algorithm));
  } catch (error) {
    await rm(part);
    throw error;
  }
  await rename(part, path);
  return { path, checkpoint };
}

async function hashOf(path: string, algorithm: string): Promise<string> {
  const digest = createHash(algorithm);
  await pipeline(createReadStream(path), digest);
  return digest.digest("hex");
}
