export { jsonInspection } from "./json-inspection.js";
export { pageInspection } from "./page-inspection.js";
export { terminalInspection } from "./terminal-inspection.js";
