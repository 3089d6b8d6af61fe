import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { FrostlineFault } from "../contract/index.js";

/**
 * Writes a file whole or not at all: beside its place first, then renamed onto it. Missing folders are made. At once,
 * for a class has a thousand small files and waiting for each takes three times the processor time of writing it. A file
 * that holds the same already is left as it is, which takes less time and keeps its date.
 * @throws FrostlineFault `output-unwritable` for a read-only folder, a full disk and the like.
 */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  if (holds(path, content)) return;
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    // Asking for the folder before every file would cost more than the file.
    try {
      writeFileSync(beside, content);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(beside, content);
    }
    renameSync(beside, path);
  } catch (error) {
    removeQuietly(beside);
    throw new FrostlineFault("output-unwritable", { path, why: reason(error) }, error);
  }
}

function holds(path: string, content: string | Uint8Array): boolean {
  try {
    return readFileSync(path).equals(typeof content === "string" ? Buffer.from(content) : content);
  } catch {
    return false;
  }
}

/** What cannot be removed must not hide why it could not be written. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC") return "the disk is full";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "writing there is not permitted";
  if (code === "ENOTDIR" || code === "EEXIST") return "a file stands where a folder is needed";
  return String((error as Error).message);
}
