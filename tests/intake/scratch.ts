import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { FrostlineFault } from "../../src/contract/index.js";

/** A folder of this test's own with the given files; gone when the test ends. */
export async function scratch(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "frostline-intake-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** The fault that the work ends in, as `code` and the params asked for. */
export async function faultOf(
  work: Promise<unknown>,
): Promise<{ code: string; blame: string } & Record<string, unknown>> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FrostlineFault)
      return { ...error.fault.params, code: error.fault.code, blame: error.fault.blame };
    throw error;
  }
  throw new Error("Expected a fault, got none.");
}
