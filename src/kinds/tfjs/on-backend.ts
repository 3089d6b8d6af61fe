import type { Limits } from "../../contract/index.js";
import type { NativePart } from "../../sandbox/index.js";

/** How many times slower WebAssembly can be than TensorFlow, in training of whole networks: a rubric's seconds are meant for TensorFlow. */
const WASM_SECONDS = 6;

/** What a program is run with on one of the backends. */
export interface OnBackend {
  backend: "tensorflow" | "wasm";
  /** The engine's bundle, by its name in `dist/engine`. */
  program: string;
  native: readonly NativePart[];
  limits: Limits;
  /** What the report says about it. */
  notes: readonly string[];
}

/** @param backend the kernels of this machine: `tensorflow`, else WebAssembly */
export function onBackend(backend: string, limits: Limits): OnBackend {
  if (backend === "tensorflow")
    return { backend, program: "tfjs-run", native: ["isolated-vm", "tensorflow"], limits, notes: [] };
  const seconds = limits.seconds * WASM_SECONDS;
  return {
    backend: "wasm",
    program: "tfjs-run-wasm",
    native: ["isolated-vm"],
    limits: { ...limits, seconds },
    notes: [
      `The program ran on WebAssembly, because TensorFlow's native backend is not set up; as that is slower, it had ${seconds} seconds in place of ${limits.seconds}.`,
    ],
  };
}
