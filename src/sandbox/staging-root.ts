import { randomBytes } from "node:crypto";
import { chmod, lstat, mkdir, readdir, readlink, realpath, rm, stat } from "node:fs/promises";
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
  try {
    await mkdir(root);
    await chmod(root, 0o711);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const found = await lstat(root);
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o022) !== 0)
    throw new FrostlineFault("sandbox-unavailable", {
      reason: `${root} belongs to somebody else or can be changed by others`,
      fix: `Remove ${root}, or set TMPDIR to another folder.`,
    });
  return root;
}

/** Makes a folder below the staging root that says nothing but which harness made it, and that only its owner can enter. */
export async function draftFolder(): Promise<string> {
  const folder = path.join(await stagingRoot(), `${await harnessName()}-${randomBytes(12).toString("hex")}`);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

const SHARED_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Removes what harnesses left behind that were killed before they could tidy up, and shared copies nobody used for a week. */
export async function sweepStagingRoot(): Promise<void> {
  const root = await stagingRoot();
  const [, ownNamespace] = (await harnessName()).split("-");
  for (const name of await readdir(root)) {
    const [, pid, namespace] = /^(\d+)-(\w+)-[0-9a-f]{24}$/.exec(name) ?? [];
    const isOrphan = pid !== undefined && namespace === ownNamespace && !isAlive(Number(pid));
    if (isOrphan || (name.startsWith("shared-") && (await ageMs(path.join(root, name))) > SHARED_KEPT_MS))
      await rm(path.join(root, name), { recursive: true, force: true });
  }
}

/** This process, told apart from those of containers that share the temporary folder. */
async function harnessName(): Promise<string> {
  const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
  return `${process.pid}-${/\d+/.exec(namespace)?.[0] ?? "host"}`;
}

async function ageMs(folder: string): Promise<number> {
  const found = await stat(folder).catch(() => null);
  return found === null ? 0 : Date.now() - found.mtimeMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
