import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SavedModel } from "../../src/contract/index.js";
import { REFERENCE } from "../reference.js";

/** What Keras itself said of a file it wrote. */
export interface KerasTruth {
  files: string[];
  case: string;
  effective_trainable: string[];
  all_weights: [printed: string, shape: number[], sha256: string][];
  optimizer: { cls: string; lr: number; iterations: number; n_vars: number };
  predict: number[][];
}

export interface KerasFixture {
  readonly file: string;
  readonly truth: KerasTruth;
  readonly saved: SavedModel;
}

const OWN = path.join(import.meta.dirname, "fixtures");
const ALL = path.join(REFERENCE, "fixtures", "keras");

/** Why only the few fixtures of this folder can be tested here; null when all can. */
export const fixturesMissing = (): string | null =>
  existsSync(path.join(ALL, "manifest.k3.15.1.json")) ? null : "the reference fixtures of Keras are not here";

/** The fixtures beside the tests: Keras 3.10.0 and 3.15.1, both formats. */
export const ownFixtures = (): KerasFixture[] => fixturesOf(OWN, "manifest.json");

/** All reference fixtures. */
export const allFixtures = (): KerasFixture[] =>
  ["manifest.k3.10.0.json", "manifest.k3.15.1.json"].flatMap((manifest) => fixturesOf(ALL, manifest));

function fixturesOf(folder: string, manifest: string): KerasFixture[] {
  const truths = JSON.parse(readFileSync(path.join(folder, manifest), "utf8")) as KerasTruth[];
  return truths.flatMap((truth) =>
    truth.files.map((file) => {
      const bytes = readFileSync(path.join(folder, file));
      return { file, truth, saved: { main: file, files: new Map([[file, bytes]]) } };
    }),
  );
}

const PROBE = { count: 2, size: 16 };

/** The images that the truth's predictions are for: pixel i of both together is i modulo 251. */
export function probePixels(): { size: number; images: Uint8Array[] } {
  const { count, size } = PROBE;
  const each = size * size * 3;
  const images = Array.from({ length: count }, (_, image) =>
    Uint8Array.from({ length: each }, (_, i) => (image * each + i) % 251),
  );
  return { size, images };
}
