import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, normalize, sep } from "node:path";
import pMap from "p-map";
import { type Fault, fault } from "../contract/index.js";

/** Files read at the same time: enough to keep the disk busy, few enough for any descriptor limit. */
const CONCURRENCY = 16;

/**
 * Holds the files of an entry against the hashes in its manifest.
 * @returns `store-corrupt` for the first file, in the manifest's order, that is missing or differs; null if none does
 */
export async function checkFiles(
  folder: string,
  files: readonly { path: string; sha256: string }[],
): Promise<Fault | null> {
  const faults = await pMap(files, (file) => checkFile(folder, file), { concurrency: CONCURRENCY });
  return faults.find((found) => found !== null) ?? null;
}

async function checkFile(folder: string, file: { path: string; sha256: string }): Promise<Fault | null> {
  const path = normalize(join(folder, file.path));
  const corrupt = (why: string) =>
    fault("store-corrupt", { file: path, why, expected: `sha256 ${file.sha256}` });
  if (!path.startsWith(folder + sep)) return corrupt("lies outside its entry");
  try {
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    return hash === file.sha256 ? null : corrupt("differs from its recorded hash");
  } catch (error) {
    return corrupt(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}
