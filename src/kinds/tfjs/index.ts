import type { Kind } from "../kind.js";
import { sourceNotes } from "../source-notes.js";
import { recogniseProgram } from "./recognise-program.js";
import { runProgram } from "./run-program.js";

/** A TensorFlow.js program in JavaScript or TypeScript. */
const tfjs: Kind = {
  id: "tfjs",
  title: "TensorFlow.js program",
  expects: "`main.js`, `main.mjs`, `main.cjs` or `main.ts`, or one other file of these kinds",
  takes: "code",
  recognise: recogniseProgram,
  run: runProgram,
  readSource: (snapshot, entry) => sourceNotes(new TextDecoder().decode(snapshot.read(entry))),
};

export default tfjs;
