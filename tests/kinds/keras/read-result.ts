import type { Phase } from "../../../src/contract/index.js";
import type { KindResult } from "../../../src/kinds/kind.js";
import { readModel } from "../../../src/models/index.js";
import { openSandbox } from "../../../src/sandbox/index.js";
import { ROOT } from "./run-keras.js";

/** The fits that the program told of. */
export const fitsOf = ({ phases }: KindResult): Phase[] =>
  phases.state === "found" ? phases.value.fits : [];
/** The notes of the run, a line each. */
export const notesOf = ({ run }: KindResult): string => run.notes.join("\n");

/** sha256 by path of the weights of the model that came back. */
export async function weightsOf({ models }: KindResult): Promise<Map<string, string>> {
  const [model] = models.state === "found" ? models.value : [];
  if (!model) throw new Error(JSON.stringify(models));
  const read = await readModel({ sandbox: await openSandbox({ unsafe: false }), root: ROOT }, model);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return new Map(read.value.weights.map(({ path, sha256 }) => [path, sha256]));
}

/** sha256 by path of the weights that were kept after the last fit. */
export const lastKept = ({ kept }: KindResult) =>
  Object.fromEntries((kept?.moved.at(-1) ?? []).map(({ path, sha256 }) => [path, sha256]));
