import { readNativeParts } from "../sandbox/index.js";

/** The kernels that models run on here: TensorFlow's own where set-up built them, else WebAssembly. */
export function backendOf(root: string): "tensorflow" | "wasm" {
  return readNativeParts(root)?.tensorflow ? "tensorflow" : "wasm";
}
