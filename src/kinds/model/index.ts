import type { Kind } from "../kind.js";
import { handOver } from "./hand-over.js";
import { recogniseSaved } from "./recognise-saved.js";

/** A saved model, graded from its bytes: nothing of the student's is run. */
const model: Kind = {
  id: "model",
  title: "Saved model",
  expects: "a saved model (`.keras`, `.h5`, or a TensorFlow.js `model.json` with its weight files)",
  takes: "model",
  recognise: recogniseSaved,
  run: handOver,
};

export default model;
