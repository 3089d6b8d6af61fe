import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Dataset, describeFault, FrostlineFault, type SplitName } from "../contract/index.js";
import { completeTopology, readModel } from "../models/index.js";
import { openSandbox } from "../sandbox/index.js";
import { openStore, type PullRequest, readSavedModel } from "../store/index.js";

export interface AddRequest {
  name?: string;
  title?: string;
  seed?: number;
  store?: string;
}

const open = (root: string, folder: string | undefined) => openStore({ root, ...(folder ? { folder } : {}) });
const SPLITS: readonly SplitName[] = ["train", "validation", "hidden", "shifted"];

/** What the store holds, a line each. */
export async function listStore(root: string, folder?: string): Promise<string[]> {
  const store = open(root, folder);
  const datasets = await store.listDatasets();
  const bases = await store.listBases();
  return [
    "Data sets",
    ...datasets.flatMap(({ ref, facts }) => [`  ${short(ref)}  ${facts.title}`, `    ${countsOf(facts)}`]),
    "Bases",
    ...bases.flatMap(({ ref, facts }) => [
      `  ${short(ref)}  ${facts.title}`,
      `    ${facts.family}, ${facts.tensors.length} tensors; answers to ${facts.addresses.join(", ")}`,
    ]),
    `Added entries lie in ${store.folder}`,
  ];
}

/**
 * Adds a data set, or a base where the source is a saved model; says what was made of it.
 * @throws FrostlineFault naming what is wrong with the source.
 */
export async function addToStore(root: string, source: string, request: AddRequest): Promise<string[]> {
  const store = open(root, request.store);
  const { store: _, seed, ...named } = request;
  if (await isModel(source)) {
    const sandbox = await openSandbox({ unsafe: false });
    const saved = completeTopology(await readSavedModel(source));
    const read = await readModel({ sandbox, root }, saved);
    if (read.state === "failed") throw new FrostlineFault(read.fault.code, read.fault.params);
    if (read.state === "absent")
      throw new FrostlineFault("base-invalid", {
        name: source,
        why: read.why,
        expected: "A saved model",
        hint: "Check the file.",
      });
    const { ref, facts } = await store.addBase({ source, saved, facts: read.value, ...named });
    return [
      `Added the base ${short(ref)}: ${facts.family}, ${facts.tensors.length} tensors registered.`,
      `Programs get it for ${facts.addresses.join(", ")}.`,
    ];
  }
  const { ref, facts, dropped } = await store.addDataset({
    source,
    ...named,
    ...(seed === undefined ? {} : { seed }),
  });
  return [
    `Added the data set ${short(ref)}: ${facts.classes.length} classes, ${facts.image.width} x ${facts.image.height} pixels.`,
    countsOf(facts),
    ...facts.classes.map(
      (name) => `  ${name}: ${SPLITS.flatMap((split) => count(facts, split, name)).join(", ")}`,
    ),
    ...dropped.slice(0, 20).map(({ origin, why }) => `Left out ${origin}: ${why}.`),
    ...(dropped.length > 20 ? [`and ${dropped.length - 20} more were left out.`] : []),
  ];
}

/**
 * Downloads a published checkpoint and adds it as a base; says what programs get it for.
 * @throws FrostlineFault as `Store.pull` and `addToStore` do
 */
export async function pullToStore(root: string, request: PullRequest, folder?: string): Promise<string[]> {
  const { path, checkpoint } = await open(root, folder).pull(request);
  const added = await addToStore(root, path, folder ? { store: folder } : {});
  // The store has its own copy now.
  await rm(path);
  const { family, hash } = checkpoint;
  return [
    ...added,
    `Keras programs get it for ${family}(${argumentsOf(checkpoint)}) when a rubric names it in \`data.bases\`.`,
    hash
      ? `Its ${hash.algorithm} is the one that Keras expects.`
      : "Keras has no hash of this file, so only the download itself vouches for it.",
  ];
}

/** Every checkpoint that can be pulled, a line each. */
export async function listPublished(root: string, folder?: string): Promise<string[]> {
  const { keras, checkpoints } = await open(root, folder).published();
  return [
    `Weights of keras.applications, as Keras ${keras} asks for them:`,
    ...checkpoints.map((one) => `  ${one.name.padEnd(36)}  ${one.family}(${argumentsOf(one)})`),
  ];
}

function argumentsOf({ arguments: given }: { arguments: Record<string, boolean | number> }): string {
  const written = Object.entries(given).map(([name, value]) => `${name}=${inPython(value)}`);
  return ["weights='imagenet'", ...written].join(", ");
}

const inPython = (value: boolean | number): string =>
  value === true ? "True" : value === false ? "False" : String(value);

/** Every file of the store against its recorded hash. */
export async function verifyStore(
  root: string,
  folder?: string,
): Promise<{ lines: string[]; intact: boolean }> {
  const checked = await open(root, folder).verify();
  const lines = checked.map(({ ref, fault }) => {
    if (!fault) return `✓ intact   ${short(ref)}`;
    const { what, next } = describeFault(fault);
    return `✗ damaged  ${short(ref)}: ${what} ${next}`;
  });
  return { lines, intact: checked.every(({ fault }) => fault === null) };
}

const short = (ref: string): string => ref.replace(/@([0-9a-f]{12})[0-9a-f]+$/, "@$1");

function countsOf(facts: Dataset): string {
  const parts = SPLITS.flatMap((split) => {
    const total = Object.values(facts.counts[split] ?? {}).reduce((sum, one) => sum + one, 0);
    return total > 0 ? [`${total} ${split}`] : [];
  });
  return `${facts.classes.length} classes: ${parts.join(", ")}`;
}

function count(facts: Dataset, split: SplitName, name: string): string[] {
  const number = facts.counts[split]?.[name];
  return number ? [`${number} ${split}`] : [];
}

async function isModel(source: string): Promise<boolean> {
  if (/\.(?:keras|h5|hdf5)$|(?:^|\/)model\.json$/.test(source)) return true;
  return stat(join(source, "model.json")).then(
    () => true,
    () => false,
  );
}
