import { createRequire } from "node:module";
import type ivm from "isolated-vm";

export type IsolatedVm = typeof ivm;

/** Loads isolated-vm's compiled part from a file. @throws where the file is missing or made for another Node */
export function loadIsolatedVm(file: string): IsolatedVm {
  return (createRequire(import.meta.url)(file) as { ivm: IsolatedVm }).ivm;
}
