export * from "./compile-rubric.js";
export * from "./counted-attempt.js";
export * from "./judge.js";
export * from "./next-step.js";
export * from "./rubric-schema.js";
