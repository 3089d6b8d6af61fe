export { jsonInspection } from "../reporters/inspect/json-inspection.js";
export { terminalInspection } from "../reporters/inspect/terminal-inspection.js";
