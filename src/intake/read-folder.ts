import { type BigIntStats, constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { FrostlineFault } from "../contract/index.js";
import type { Budget } from "./budget.js";
import { isJunk } from "./junk.js";
import { checkPath, printable, twinCheck } from "./safe-path.js";

// Non-blocking, so that a FIFO without a writer cannot hold us.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * All plain files under `folder` by path, read once.
 * @throws FrostlineFault `intake-link`, `intake-special-file`, `intake-odd-name`, or as the budget does.
 */
export async function readFolder(folder: string, budget: Budget): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const checkTwin = twinCheck();
  const walk = async (prefix: string): Promise<void> => {
    for (const { name, entry } of await namesIn(join(folder, prefix))) {
      if (isJunk(name)) continue;
      const path = prefix === "" ? name : `${prefix}/${name}`;
      checkPath(path);
      if (entry.isSymbolicLink()) throw new FrostlineFault("intake-link", { file: printable(path) });
      if (entry.isDirectory()) {
        budget.takeFolder();
        await walk(path);
      } else {
        checkTwin(path);
        files.set(path, await readPlainFile(join(folder, path), path, budget));
      }
    }
  };
  await walk("");
  return files;
}

async function namesIn(folder: string): Promise<{ name: string; entry: Dirent<Buffer> }[]> {
  const entries = await readdir(folder, { encoding: "buffer", withFileTypes: true });
  // Invalid bytes decode to U+FFFD, which the name check refuses.
  const named = entries.map((entry) => ({ name: entry.name.toString("utf8"), entry }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readPlainFile(file: string, path: string, budget: Budget): Promise<Uint8Array> {
  const handle = await openPlain(file, path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile())
      throw new FrostlineFault("intake-special-file", { file: printable(path), kind: kindOf(stats) });
    if (stats.nlink > 1n) throw new FrostlineFault("intake-link", { file: printable(path) });
    budget.takeFile(path, Number(stats.size));
    const bytes = Buffer.alloc(Number(stats.size));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function openPlain(file: string, path: string) {
  try {
    return await open(file, OPEN_FLAGS);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ELOOP") throw new FrostlineFault("intake-link", { file: printable(path) }, error);
    if (code === "ENXIO" || code === "ENODEV")
      throw new FrostlineFault(
        "intake-special-file",
        { file: printable(path), kind: "socket or device" },
        error,
      );
    throw error;
  }
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return "FIFO";
  if (stats.isDirectory()) return "folder in place of a file";
  return stats.isSocket() ? "socket" : "device";
}
