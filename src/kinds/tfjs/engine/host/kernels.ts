import type { Addon, OpAttribute } from "./addon.js";
import type { DeclaredBytes } from "./declared-bytes.js";

/** What computes for the isolate, and what it may be asked for. */
export interface Kernels {
  backend: "tensorflow" | "wasm";
  addon: Addon;
  /** The ops that may run, by name, and no others. */
  allowed: ReadonlySet<string>;
  /** How an op's inputs declare the size of its output; undefined where they need not. */
  declaredBytes(op: string, attributes: readonly OpAttribute[]): DeclaredBytes | undefined;
}
