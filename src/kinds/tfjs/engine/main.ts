import { loadTensorflow } from "./host/tensorflow-kernels.js";
import { runEngine } from "./run-engine.js";

/** The program that runs inside the jail: `node <flags> tfjs-run.mjs <job.json>`, with kernels on TensorFlow. */
await runEngine(loadTensorflow);
