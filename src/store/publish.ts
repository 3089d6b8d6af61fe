import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { FrostlineFault } from "../contract/index.js";

/** Hidden from listings by its first character. */
const PREFIX = ".adding-";

/**
 * Makes `<parent>/<name>` appear whole or not at all: `fill` writes into a folder beside it, which is then renamed.
 * @returns the finished folder
 * @throws FrostlineFault `output-unwritable`; whatever `fill` throws, after clearing up
 */
export async function publish(
  parent: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const target = join(parent, name);
  const mine = `${PREFIX}${hostname()}-${process.pid}-`;
  try {
    await mkdir(parent, { recursive: true });
    await sweep(parent);
    const folder = await mkdtemp(join(parent, mine));
    try {
      await fill(folder);
      await chmod(folder, 0o755);
      await rename(folder, target);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof FrostlineFault || !(error instanceof Error) || !("syscall" in error)) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? error.message;
    const why = code === "ENOTEMPTY" || code === "EEXIST" ? "another run has just made it" : code;
    throw new FrostlineFault("output-unwritable", { path: target, why }, error);
  }
  return target;
}

/** Removes what a killed process of this machine left behind. */
async function sweep(parent: string): Promise<void> {
  const ofThisMachine = `${PREFIX}${hostname()}-`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(ofThisMachine)) continue;
    const pid = Number.parseInt(name.slice(ofThisMachine.length), 10);
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(join(parent, name), { recursive: true, force: true });
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
