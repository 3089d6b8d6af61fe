import { projectRoot } from "../../harness/project-root.js";
import { addToStore, listStore, verifyStore } from "../../harness/store-actions.js";
import type { ExitCode } from "../exit.js";

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

/** `frostline store verify`. */
export async function storeVerify(options: StoreOptions): Promise<ExitCode> {
  const { lines, intact } = await verifyStore(projectRoot(), options.store);
  print(lines);
  return intact ? 0 : 2;
}
