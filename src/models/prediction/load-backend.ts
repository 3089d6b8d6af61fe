import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node/dist/register_all_kernels.js";
import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding.js";

/** Names the native addon's file in the jail; not set on machines without one. */
const ADDON_VARIABLE = "FROSTLINE_TF_ADDON";

export type BackendName = "tensorflow" | "wasm";

/** Selects the native backend where the machine has it, else WebAssembly, whose files lie beside this program. */
export async function loadBackend(): Promise<BackendName> {
  const addon = process.env[ADDON_VARIABLE];
  if (addon) {
    restoreOldUtil();
    const binding = createRequire(import.meta.url)(addon) as TFJSBinding;
    tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node"));
    await select("tensorflow");
    return "tensorflow";
  }
  setWasmPaths(fileURLToPath(new URL(".", import.meta.url)));
  // Threads would need workers, and a run has one processor anyway.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  await select("wasm");
  return "wasm";
}

async function select(name: BackendName): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`The ${name} backend could not be started.`);
  await tf.ready();
}

/** tfjs-node still calls what Node 23 removed from its util module. */
function restoreOldUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
  old["isArray"] ??= Array.isArray;
}
