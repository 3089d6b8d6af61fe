export * from "./bubblewrap.js";
export * from "./job.js";
export * from "./node-program.js";
export * from "./open-sandbox.js";
export * from "./unsafe.js";
