import { lstat, mkdir, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FrostlineFault } from "../contract/index.js";
import { isReachable } from "./reachable.js";

/**
 * The folder below which runs are staged: below the system's temporary folder, ours, and open to other users only
 * for passing through.
 * @throws FrostlineFault `sandbox-unavailable` when there is no place every user can reach, or somebody else holds ours.
 */
export async function stagingRoot(): Promise<string> {
  const user = process.getuid?.() ?? 0;
  const parent = [await realpath(tmpdir()), "/tmp", "/var/tmp"].find(
    (folder) => user !== 0 || isReachable(folder),
  );
  if (parent === undefined)
    throw new FrostlineFault("sandbox-unavailable", {
      reason: "neither the temporary folder nor /tmp can be entered by other users",
      fix: "Run `sudo chmod 1777 /tmp`.",
    });
  const root = path.join(parent, `frostline-${user}`);
  await mkdir(root, { mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(root);
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o022) !== 0)
    throw new FrostlineFault("sandbox-unavailable", {
      reason: `${root} belongs to somebody else or can be changed by others`,
      fix: `Remove ${root}, or set TMPDIR to another folder.`,
    });
  return root;
}

/** Removes what harnesses left behind that were killed before they could tidy up. */
export async function sweepStagingRoot(): Promise<void> {
  const root = await stagingRoot();
  for (const name of await readdir(root)) {
    const owner = /^(\d+)-[0-9a-f]{24}$/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(path.join(root, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
