import { basename, resolve } from "node:path";
import { FrostlineFault, type Inspection } from "../contract/index.js";
import { completeTopology, readModel } from "../models/index.js";
import { openSandbox } from "../sandbox/index.js";
import { openStore } from "../store/index.js";
import { openModelFiles } from "./inspection/open-model-files.js";
import { sha256 } from "./sha256.js";
import { VERSION } from "./version.js";

export interface InspectJob {
  root: string;
  /** A model file, or a folder that holds one. */
  source: string;
  /** The teacher's store; the usual one where not given. */
  store?: string;
}

/**
 * Everything one saved model's bytes say, read in a parse jail and compared with the registered checkpoints.
 * Nothing in the model is run.
 * @throws FrostlineFault `file-missing`, `file-unreadable`, `model-format`, `model-unreadable`,
 * `model-too-large`, `sandbox-unavailable`, `sandbox-failed`
 */
export async function inspectModel({ root, source, store }: InspectJob): Promise<Inspection> {
  const opening = openSandbox({ unsafe: false });
  // Awaited below; a file that cannot be opened is told first, whatever the sandbox says.
  opening.catch(() => undefined);
  const stocked = openStore({ root, ...(store ? { folder: store } : {}) }).listBases();
  stocked.catch(() => undefined);
  const saved = await openModelFiles(source);
  const reading = readModel({ sandbox: await opening, root }, completeTopology(saved));
  // Hashed while the jail reads.
  const files = [...saved.files].map(([name, bytes]) => ({
    name,
    bytes: bytes.byteLength,
    sha256: sha256(bytes),
  }));
  // What it needs is loaded while the jail reads, too.
  const [read, bases, { inspectionOf }] = await Promise.all([
    reading,
    stocked,
    import("./inspection/inspection-of.js"),
  ]);
  if (read.state === "failed") throw new FrostlineFault(read.fault.code, read.fault.params);
  if (read.state === "absent") throw new FrostlineFault("model-unreadable", { file: source, why: read.why });
  return inspectionOf(
    read.value,
    bases.map((base) => base.facts),
    { frostline: VERSION, name: basename(resolve(source)), files },
  );
}
