import type { Kind } from "../kind.js";
import { recogniseProgram } from "./recognise-program.js";
import { runProgram } from "./run-program.js";

/** A TensorFlow.js program in JavaScript or TypeScript. */
const tfjs: Kind = {
  id: "tfjs",
  title: "TensorFlow.js program",
  expects: "`main.js`, `main.mjs`, `main.cjs` or `main.ts`, or one other file of these kinds",
  recognise: recogniseProgram,
  run: runProgram,
};

export default tfjs;
