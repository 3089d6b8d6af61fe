import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import {
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
  utimes,
} from "node:fs/promises";
import path from "node:path";
import { draftFolder, stagingRoot } from "./staging-root.js";

interface Entry {
  /** Empty for the source itself. */
  readonly name: string;
  readonly stats: Stats;
}

const READ_BY_ALL = 0o444;

/**
 * Shares a file or folder that other users cannot reach as a read-only copy, made once for its content. Files are
 * linked where they can be, so that gigabytes cost nothing.
 * @param source a real path
 * @returns the path of the copy; it cannot be guessed without knowing the names, sizes and times in it
 */
export async function shareCopy(source: string): Promise<string> {
  const entries = await listEntries(source);
  const description = entries.map(({ name, stats }) => [
    name,
    stats.mode,
    stats.isDirectory() ? 0 : stats.size,
    stats.mtimeMs,
  ]);
  const digest = createHash("sha256")
    .update(JSON.stringify([source, description]))
    .digest("hex")
    .slice(0, 32);
  const root = await stagingRoot();
  const shared = path.join(root, `shared-${digest}`);
  const content = path.join(shared, "content");
  // Programs that tidy up temporary folders remove old files and leave their folders.
  if (await isComplete(content, entries)) {
    const now = new Date();
    await utimes(shared, now, now);
    return content;
  }
  await rm(shared, { recursive: true, force: true });
  const draft = await draftFolder();
  for (const entry of entries) await shareEntry(source, path.join(draft, "content"), entry);
  await chmod(draft, 0o711);
  await rename(draft, shared).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    // Another harness was faster.
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
  return content;
}

async function listEntries(source: string, name = ""): Promise<Entry[]> {
  const stats = await lstat(path.join(source, name));
  const below = stats.isDirectory() ? (await readdir(path.join(source, name))).sort() : [];
  const entries: Entry[] = [{ name, stats }];
  for (const child of below) entries.push(...(await listEntries(source, path.join(name, child))));
  return entries;
}

async function isComplete(content: string, entries: readonly Entry[]): Promise<boolean> {
  for (const { name, stats } of entries) {
    const found = await lstat(path.join(content, name)).catch(() => null);
    if (found === null || (stats.isFile() && found.size !== stats.size)) return false;
  }
  return true;
}

async function shareEntry(source: string, content: string, { name, stats }: Entry): Promise<void> {
  const from = path.join(source, name);
  const to = path.join(content, name);
  if (stats.isDirectory()) {
    await mkdir(to);
    await chmod(to, 0o755);
  } else if (stats.isSymbolicLink()) {
    await symlink(await readlink(from), to);
  } else if (stats.isFile()) {
    const linked =
      (stats.mode & 0o004) !== 0 &&
      (await link(from, to).then(
        () => true,
        () => false,
      ));
    if (linked) return;
    await copyFile(from, to);
    await chmod(to, READ_BY_ALL | (stats.mode & 0o100 ? 0o111 : 0));
  }
}
