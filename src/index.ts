/** Frostline's public API: grade a class, check one submission, judge stored evidence again. */
export * from "./contract/index.js";
export { type CheckJob, checkOne } from "./harness/check-one.js";
export { type ClassJob, type ClassOutcome, gradeClass, type Progress } from "./harness/grade-class.js";
export { renderRun } from "./harness/render-run.js";
