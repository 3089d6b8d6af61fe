import type { Dirent } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { FrostlineFault } from "../contract/index.js";
import { isJunk } from "./junk.js";
import { foldName, printable } from "./safe-path.js";
import { isArchiveName, submissionId } from "./submission-id.js";

/** Where a submission lies; `id` is the name of its folder or archive. */
export interface FoundSubmission {
  id: string;
  path: string;
}

/** A program, notebook or saved model. */
const GRADABLE = /\.(?:m?[jt]s|py|ipynb|keras|h5|hdf5)$|^model\.json$|^saved_model\.pb$/i;

/** A class, or a folder of classes, or one level more; below that a tree is no hand-in. */
const MAX_CLASS_DEPTH = 3;

/**
 * The submissions in `paths`, in the order of the paths and then of their names. A path is a submission itself, or
 * a folder of submissions, or a folder of such folders; beside one submission every folder counts as one, so that
 * none is silently left out.
 * @throws FrostlineFault (blame: instructor) `file-missing`, `no-submissions`, `submission-duplicate`
 */
export async function findSubmissions(paths: readonly string[]): Promise<FoundSubmission[]> {
  const submissions = (await Promise.all(paths.map(submissionsAt))).flat();
  if (submissions.length === 0)
    throw new FrostlineFault("no-submissions", { folders: paths.map(printable).join(", ") });
  refuseDuplicates(submissions);
  return submissions;
}

async function submissionsAt(path: string): Promise<FoundSubmission[]> {
  // The caller may name a link; a link inside a class folder stays one and is refused when it is taken in.
  const real = await realpath(path).catch((error: unknown) => {
    const expected = "A folder of submissions, or one submission";
    throw new FrostlineFault("file-missing", { file: printable(path), expected }, error);
  });
  if (isArchiveName(real) || (await isSubmission(real))) return [found(real)];
  return submissionsUnder(real, MAX_CLASS_DEPTH);
}

async function submissionsUnder(folder: string, depth: number): Promise<FoundSubmission[]> {
  const entries = await entriesOf(folder);
  const named = (wanted: (entry: Dirent) => boolean) =>
    entries
      .filter((entry) => !entry.name.startsWith(".") && wanted(entry))
      .map((entry) => join(folder, entry.name));
  const folders = named((entry) => entry.isDirectory());
  const archives = named((entry) => entry.isFile() && isArchiveName(entry.name));
  const links = named((entry) => entry.isSymbolicLink());
  const isClass = archives.length > 0 || (await Promise.all(folders.map(isSubmission))).includes(true);
  if (isClass) return [...folders, ...archives, ...links].sort(byCodeUnits).map(found);
  if (depth <= 1) return [];
  return (await Promise.all(folders.map((child) => submissionsUnder(child, depth - 1)))).flat();
}

async function isSubmission(folder: string): Promise<boolean> {
  return (await entriesOf(folder)).some((entry) => !entry.isDirectory() && GRADABLE.test(entry.name));
}

function found(path: string): FoundSubmission {
  return { id: submissionId(path), path };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** What a folder holds but junk, in the order of names; nothing where the path is no folder. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") return [];
    const why = error.code ?? error.message;
    throw new FrostlineFault("file-unreadable", { file: printable(folder), why }, error);
  });
  return entries.filter((entry) => !isJunk(entry.name)).sort((a, b) => byCodeUnits(a.name, b.name));
}

function refuseDuplicates(submissions: readonly FoundSubmission[]): void {
  const seen = new Map<string, string>();
  for (const { id, path } of submissions) {
    const first = seen.get(foldName(id));
    if (first !== undefined)
      throw new FrostlineFault("submission-duplicate", {
        id: printable(id),
        first: printable(first),
        second: printable(path),
      });
    seen.set(foldName(id), path);
  }
}
