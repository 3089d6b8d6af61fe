import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { FrostlineFault } from "../contract/index.js";

/**
 * Writes a file whole or not at all: beside its place first, then renamed onto it. Missing folders are made.
 * @throws FrostlineFault `output-unwritable` for a read-only folder, a full disk and the like.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    // Asking for the folder before every file would cost more than the file.
    await writeFile(beside, content).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(beside, content);
    });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new FrostlineFault("output-unwritable", { path, why: reason(error) }, error);
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC") return "the disk is full";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "writing there is not permitted";
  if (code === "ENOTDIR" || code === "EEXIST") return "a file stands where a folder is needed";
  return String((error as Error).message);
}
