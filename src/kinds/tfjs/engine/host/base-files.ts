import { readFileSync } from "node:fs";
import path from "node:path";
import type { EngineBase } from "../job.js";

/** A file name of a base: no folders, so that a topology cannot point elsewhere. */
const PLAIN_NAME = /^[A-Za-z0-9._-]+$/;

/** Reads `model.json` or a weight file of the base at `index`. @throws for any other name */
export function readBaseFile(bases: readonly EngineBase[], index: number, name: string): Buffer {
  const base = bases[index];
  if (base === undefined || !PLAIN_NAME.test(name))
    throw new Error(`There is no file ${name.slice(0, 100)} of a base.`);
  return readFileSync(path.join(base.folder, name));
}
