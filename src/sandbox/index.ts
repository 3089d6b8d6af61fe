export * from "./bubblewrap.js";
export { cpuSecondsIn } from "./cpu-seconds-in.js";
export { PATIENCE } from "./follow-run.js";
export * from "./job.js";
export { type BuiltParts, type NativePart, readNativeParts } from "./native-parts.js";
export * from "./node-program.js";
export * from "./open-sandbox.js";
export * from "./unsafe.js";
