import { createHash } from "node:crypto";
import path from "node:path";
import {
  type Limits,
  Limits as LimitsSchema,
  parse,
  RunSettings,
  type Snapshot,
} from "../../../src/contract/index.js";
import keras from "../../../src/kinds/keras/index.js";
import type { Kind, KindJob, KindResult } from "../../../src/kinds/kind.js";
import { openSandbox, readNativeParts } from "../../../src/sandbox/index.js";
import { openStore } from "../../../src/store/index.js";

export const ROOT = path.join(import.meta.dirname, "..", "..", "..");

/** Why tests that run Python are skipped; null where they can run. */
export const pythonIsMissing = (): string | null =>
  readNativeParts(ROOT)?.python ? null : "the Python environment is not set up";

/** A submission of the given files, as intake would hand it on. */
export function snapshotOf(files: Record<string, string | Uint8Array>): Snapshot {
  const bytes = new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)]));
  const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");
  return {
    id: "test",
    hash: sha256(Buffer.from(JSON.stringify(files))),
    files: [...bytes].map(([name, content]) => ({
      path: name,
      bytes: content.length,
      sha256: sha256(content),
    })),
    read: (name) => bytes.get(name) ?? Buffer.alloc(0),
  };
}

export interface KerasRun {
  dataset?: string;
  bases?: readonly string[];
  limits?: Partial<Limits>;
  run?: Partial<RunSettings>;
  store?: string;
}

/** The job of running a Keras program for real, on the bundled pictures and base. */
export const kerasJob = (files: Record<string, string | Uint8Array>, options?: KerasRun): Promise<KindJob> =>
  jobOf(keras, files, options);

/** The same for any kind. */
export async function jobOf(
  kind: Kind,
  files: Record<string, string | Uint8Array>,
  {
    dataset = "emoji",
    bases = ["efficientnet-lite0-stage5"],
    limits = {},
    run = {},
    store: folder,
  }: KerasRun = {},
): Promise<KindJob> {
  const snapshot = snapshotOf(files);
  const recognised = kind.recognise(snapshot);
  if (recognised.state !== "recognised") throw new Error(`not recognised: ${JSON.stringify(recognised)}`);
  const store = openStore({ root: ROOT, ...(folder ? { folder } : {}) });
  return {
    snapshot,
    entry: recognised.entry,
    assignment: {
      dataset: await store.openDataset(dataset),
      bases: await Promise.all(bases.map((name) => store.openBase(name))),
      imageSize: 64,
      limits: parse(LimitsSchema, limits, "limits", { defaults: true }),
      run: parse(RunSettings, run, "run", { defaults: true }),
    },
    sandbox: await openSandbox({ unsafe: false }),
    backend: "tensorflow",
    root: ROOT,
    seed: 1,
  };
}

/** Runs a submission of the kind. */
export async function runKeras(
  files: Record<string, string | Uint8Array>,
  options: KerasRun = {},
): Promise<KindResult> {
  return keras.run(await kerasJob(files, options));
}
