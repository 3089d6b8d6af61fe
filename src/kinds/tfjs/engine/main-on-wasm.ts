import { loadWasm } from "./host/wasm-kernels.js";
import { runEngine } from "./run-engine.js";

/** The program that runs inside the jail where TensorFlow's native backend is not there: `tfjs-run-wasm.mjs <job.json>`. */
await runEngine(({ limits }) => loadWasm(`${import.meta.dirname}/`, limits.memoryMb * 2 ** 20));
