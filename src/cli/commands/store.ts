import { projectRoot } from "../../harness/project-root.js";
import {
  addToStore,
  listPublished,
  listStore,
  pullToStore,
  verifyStore,
} from "../../harness/store-actions.js";
import { downloadLine } from "../download-line.js";
import type { ExitCode } from "../exit.js";
import { interruptible } from "../interruptible.js";

interface StoreOptions {
  store?: string;
}

export interface AddOptions extends StoreOptions {
  name?: string;
  title?: string;
  seed?: number;
}

const print = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join("\n")}\n`);
};

/** `frostline store list`. */
export async function storeList(options: StoreOptions): Promise<ExitCode> {
  print(await listStore(projectRoot(), options.store));
  return 0;
}

/** `frostline store add`. */
export async function storeAdd(source: string, options: AddOptions): Promise<ExitCode> {
  print(await addToStore(projectRoot(), source, options));
  return 0;
}

export interface PullOptions extends StoreOptions {
  from?: string;
  list?: boolean;
}

/** `frostline store pull`; without a name, or with `--list`, what can be pulled. */
export async function storePull(name: string | undefined, options: PullOptions): Promise<ExitCode> {
  const { from, store } = options;
  if (name === undefined || options.list) {
    print(await listPublished(projectRoot(), store));
    return 0;
  }
  const progress = downloadLine(process.stderr, name);
  const pulled = interruptible((signal) =>
    pullToStore(
      projectRoot(),
      { name, onProgress: progress.update, signal, ...(from ? { from } : {}) },
      store,
    ),
  );
  print(await pulled.finally(progress.stop));
  return 0;
}

/** `frostline store verify`. */
export async function storeVerify(options: StoreOptions): Promise<ExitCode> {
  const { lines, intact } = await verifyStore(projectRoot(), options.store);
  print(lines);
  return intact ? 0 : 2;
}
