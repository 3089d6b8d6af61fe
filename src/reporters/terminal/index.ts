export { terminalClass } from "./class-text.js";
export { type TerminalStyle, terminalStudent } from "./student-text.js";
