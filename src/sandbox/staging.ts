import { chmod, chown, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { FrostlineFault } from "../contract/index.js";
import type { JailBind, JailFile } from "./job.js";
import { draftFolder } from "./staging-root.js";

/** Copies of the files of one run, in a folder of their own. */
export interface StagedFiles {
  /** What to show where in the jail: whole top folders, so that many files are few mounts. */
  readonly mounts: readonly JailBind[];
  readonly folder: string;
  remove(): Promise<void>;
}

// Folders that are writable in the jail, so that a file below them is mounted with its next segment only.
const WRITABLE = new Set(["work", "tmp"]);

// Writing a small file is mostly waiting, so several are written at once.
const AT_ONCE = 16;

/**
 * Copies files to a fresh folder whose path says nothing about them.
 * @param group the user and group id of the run, which may then enter, and nobody else; null to keep the harness's own
 * @throws TypeError when a target is not a plain absolute path
 * @throws FrostlineFault `sandbox-failed` when the files cannot be written, or two are meant for one place
 */
export async function stageFiles(files: readonly JailFile[], group: number | null): Promise<StagedFiles> {
  const folder = await draftFolder();
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const mounts = new Map<string, JailBind>();
    const folders = new Set<string>();
    for (const { target } of files) {
      const segments = checkedSegments(target);
      const mounted = segments.slice(0, WRITABLE.has(segments[0] ?? "") ? 2 : 1);
      const mountTarget = `/${mounted.join("/")}`;
      mounts.set(mountTarget, { source: path.join(folder, ...mounted), target: mountTarget });
      for (let depth = 1; depth < segments.length; depth++)
        folders.add(path.join(folder, ...segments.slice(0, depth)));
    }
    // In the order they were met, so parents come first.
    for (const made of folders) await makeReadable(mkdir(made), made, 0o755);
    for (let at = 0; at < files.length; at += AT_ONCE)
      await Promise.all(files.slice(at, at + AT_ONCE).map((file) => copyIn(folder, file)));
    // Only now may the run's user enter; what is inside needs no owner of its own.
    if (group !== null) await chown(folder, 0, group);
    await chmod(folder, 0o750);
    return { mounts: [...mounts.values()], folder, remove };
  } catch (error) {
    await remove();
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new FrostlineFault(
      "sandbox-failed",
      { reason: `its files could not be copied (${error.code})` },
      error,
    );
  }
}

function copyIn(folder: string, { target, bytes }: JailFile): Promise<void> {
  const file = path.join(folder, target);
  return makeReadable(writeFile(file, bytes, { flag: "wx" }), file, 0o444);
}

/** The harness may have been started with a mask that would keep what it makes to itself. */
async function makeReadable(making: Promise<unknown>, made: string, mode: number): Promise<void> {
  await making;
  await chmod(made, mode);
}

function checkedSegments(target: string): string[] {
  const [before, ...segments] = target.split("/");
  const plain =
    before === "" && segments.every((segment) => segment !== "" && segment !== "." && segment !== "..");
  const inWritable = WRITABLE.has(segments[0] ?? "") ? 2 : 1;
  if (!plain || target.includes("\0") || segments.length < inWritable)
    throw new TypeError(
      `Expected the target of a staged file to be a plain absolute path, got ${JSON.stringify(target)}.`,
    );
  return segments;
}
