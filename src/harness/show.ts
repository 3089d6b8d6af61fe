export { terminalClass, terminalStudent } from "../reporters/terminal/index.js";
