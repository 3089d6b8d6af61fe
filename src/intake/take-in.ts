import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { FrostlineFault, type Limits, type Snapshot } from "../contract/index.js";
import { openBudget } from "./budget.js";
import { readFolder } from "./read-folder.js";
import { readZip } from "./read-zip.js";
import { checkPath, printable } from "./safe-path.js";
import { submissionId } from "./submission-id.js";
import { isSystemError } from "./system-error.js";

/**
 * One submission, a folder or a zip archive, as a snapshot in memory: what is hashed here is what is run later.
 * @param path the folder or archive; its name becomes the snapshot's id
 * @param limits `files` and `submissionMb` apply here
 * @throws FrostlineFault with a code `intake-...` (blame: submission) or `file-missing` (blame: instructor)
 */
export async function takeIn(
  path: string,
  limits: Pick<Limits, "files" | "submissionMb">,
): Promise<Snapshot> {
  const source = resolve(path);
  const name = basename(source);
  const id = submissionId(source);
  checkPath(id);
  const stats = await lstat(source).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw unreadable(error, path);
    const expected = "A folder or a zip archive";
    throw new FrostlineFault("file-missing", { file: printable(path), expected }, error);
  });
  if (stats.isSymbolicLink()) throw new FrostlineFault("intake-link", { file: printable(name) });
  const budget = openBudget(limits);
  const files = await (stats.isDirectory()
    ? readFolder(source, budget)
    : readZip(source, printable(name), budget).then(withoutTopFolder)
  ).catch((error: unknown) => {
    throw isSystemError(error) ? unreadable(error, path) : error;
  });
  if (files.size === 0) throw new FrostlineFault("intake-empty");
  return makeSnapshot(id, files);
}

function unreadable(error: NodeJS.ErrnoException, path: string): FrostlineFault {
  const why = error.code ?? error.message;
  return new FrostlineFault("file-unreadable", { file: printable(error.path ?? path), why }, error);
}

/** Archivers put everything into one folder of the archive's name; the submission is what that folder holds. */
function withoutTopFolder(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const tops = new Set([...files.keys()].map((path) => (path.includes("/") ? path.split("/", 1)[0] : null)));
  const [top] = tops;
  if (tops.size !== 1 || typeof top !== "string") return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(top.length + 1), bytes]));
}

function makeSnapshot(id: string, contents: Map<string, Uint8Array>): Snapshot {
  const files = [...contents]
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    id,
    hash: sha256(JSON.stringify(files.map((file) => [file.path, file.sha256]))),
    files,
    read(path) {
      const bytes = contents.get(path);
      if (!bytes) throw new FrostlineFault("internal", { message: `no file \`${path}\` in the snapshot` });
      return bytes;
    },
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
