import { nodeFlags } from "../../sandbox/index.js";

/**
 * A new isolate starts with a tiny young generation, which would double the time of small training steps; 64 MB are
 * slower again, for the engine's two isolates have one each.
 */
const YOUNG_MB = [16, 16] as const;

/** Heap of the engine around the isolate, which has a heap of its own. */
const HEAP_MB = 2048;

/**
 * Node's flags for the engine. WebAssembly, whose memory would escape the heap limit, is only there for kernels; the
 * engine takes it away before it opens the isolate.
 */
export function engineFlags(backend: "tensorflow" | "wasm" = "tensorflow"): string[] {
  return nodeFlags({ heapMb: HEAP_MB, semiSpaceMb: YOUNG_MB, wasm: backend === "wasm" });
}
