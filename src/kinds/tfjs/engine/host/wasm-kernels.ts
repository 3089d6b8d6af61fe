import { setFlagsFromString } from "node:v8";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { WASM_KERNELS } from "../wasm-kernels.js";
import { composeKernels } from "./composed-kernels.js";
import type { Kernels } from "./kernels.js";
import { createWasmAddon, heapOf } from "./wasm-addon.js";

const [NODE_MAJOR = 0] = process.versions.node.split(".").map(Number);
/** The most that the module can address. */
const MOST_BYTES = 3.9 * 2 ** 30;
/** For what kernels take besides their tensors. */
const SLACK_BYTES = 512 * 2 ** 20;

/**
 * TensorFlow.js's WebAssembly kernels. Afterwards no new context of this process can have WebAssembly's memory, because
 * no limit of an isolate counts it.
 * @param folder that holds the .wasm files
 * @param budgetBytes of tensors alive at once
 */
export async function loadWasm(folder: string, budgetBytes: number): Promise<Kernels> {
  setWasmPaths(folder);
  // Threads would need workers, and several submissions run side by side anyway.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly could not be started.");
  const backend = tf.backend() as BackendWasm;
  growMemory(backend, Math.min(budgetBytes + SLACK_BYTES, MOST_BYTES));
  setFlagsFromString("--wasm-max-mem-pages=1");
  if (NODE_MAJOR < 24) setFlagsFromString("--no-expose-wasm");
  composeKernels(backend);
  return {
    backend: "wasm",
    addon: createWasmAddon(backend, budgetBytes),
    allowed: WASM_KERNELS,
    // The memory of every output is counted where it is taken.
    declaredBytes: () => undefined,
  };
}

/** Only what is written to takes real memory. */
function growMemory(backend: BackendWasm, bytes: number): void {
  const heap = heapOf(backend);
  const block = heap._malloc(bytes);
  if (block === 0) throw new Error(`WebAssembly cannot have ${Math.ceil(bytes / 2 ** 20)} MB of memory.`);
  heap._free(block);
}
