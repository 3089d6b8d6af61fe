import { chmod, chown, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
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

/**
 * Copies files to a fresh folder whose path says nothing about them.
 * @param group the user and group id of the run, which may then read them, and nobody else; null to keep the harness's own
 * @throws TypeError when a target is not a plain absolute path, or two targets contradict each other
 */
export async function stageFiles(files: readonly JailFile[], group: number | null): Promise<StagedFiles> {
  const folder = await draftFolder();
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const handOver = async (entry: string, mode: number): Promise<void> => {
    await chmod(entry, mode);
    if (group !== null) await chown(entry, 0, group);
  };
  try {
    const folders = new Set([folder]);
    const mounts = new Map<string, JailBind>();
    for (const { target, bytes } of files) {
      const segments = checkedSegments(target);
      for (let depth = 1; depth < segments.length; depth++) {
        const parent = path.join(folder, ...segments.slice(0, depth));
        if (!folders.has(parent)) await mkdir(parent);
        folders.add(parent);
      }
      const file = path.join(folder, ...segments);
      await writeFile(file, bytes, { flag: "wx" });
      await handOver(file, 0o440);
      const mounted = segments.slice(0, WRITABLE.has(segments[0] ?? "") ? 2 : 1);
      const mountTarget = `/${mounted.join("/")}`;
      mounts.set(mountTarget, { source: path.join(folder, ...mounted), target: mountTarget });
    }
    for (const made of folders) await handOver(made, 0o750);
    return { mounts: [...mounts.values()], folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
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
