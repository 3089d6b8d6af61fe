import { setFlagsFromString } from "node:v8";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { WASM_KERNELS } from "../wasm-kernels.js";
import { composeKernels } from "./composed-kernels.js";
import type { Kernels } from "./kernels.js";
import { createWasmAddon } from "./wasm-addon.js";

/**
 * TensorFlow.js's WebAssembly kernels. Afterwards no new context of this process gets WebAssembly, because no limit
 * of an isolate counts its memory.
 * @param folder that holds the .wasm files
 * @param budgetBytes of tensors alive at once
 */
export async function loadWasm(folder: string, budgetBytes: number): Promise<Kernels> {
  setWasmPaths(folder);
  // Threads would need workers, and several submissions run side by side anyway.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly could not be started.");
  setFlagsFromString("--no-expose-wasm");
  const backend = tf.backend() as BackendWasm;
  composeKernels(backend);
  return {
    backend: "wasm",
    addon: createWasmAddon(backend, budgetBytes),
    allowed: WASM_KERNELS,
    // The memory of every output is counted where it is taken.
    declaredBytes: () => undefined,
  };
}
