import type { Kind } from "../kind.js";
import { examinePython } from "./examine-python.js";
import { predictWithKeras } from "./predict-with-keras.js";
import { readSource } from "./read-source.js";
import { recogniseProgram } from "./recognise-program.js";
import { runProgram } from "./run-program.js";

/** A Keras program in Python, as a file or as a notebook. */
const keras: Kind = {
  id: "keras",
  title: "Keras program",
  expects: "`main.py` or `main.ipynb`, or one other Python file or notebook",
  takes: "code",
  recognise: recogniseProgram,
  run: runProgram,
  readSource,
  examine: examinePython,
  predict: predictWithKeras,
};

export default keras;
