import type { Finding, InspectionFinding } from "../../contract/index.js";

/** What a finding of the reader means for whoever has the file; what is not listed is a note without advice. */
const MEANING: Readonly<Record<string, Pick<InspectionFinding, "level" | "advice">>> = {
  "unsafe-object": {
    level: "warning",
    advice:
      "Do not load this file with Keras unless you trust its author. In a model of your own, use a layer of Keras instead and save again.",
  },
  "custom-layer": {
    level: "warning",
    advice:
      "Loading and predicting need the code of this layer; a layer of Keras in its place needs nothing.",
  },
  "unknown-layer": {
    level: "note",
    advice: "Shapes behind this layer may be missing here.",
  },
  "weights-only": {
    level: "warning",
    advice:
      "Layers, flags, optimizer and loss are unknown. Save the whole model with `model.save('model.keras')` to keep them.",
  },
  "no-flags": {
    level: "note",
    advice: "Save the layers model with `model.save` to keep flags and optimizer.",
  },
  "weights-missing": {
    level: "warning",
    advice: "Save the model again with `model.save('model.keras')`.",
  },
  "weight-unmatched": {
    level: "warning",
    advice: "Save the model again from the program that made it.",
  },
  "weight-not-finite": {
    level: "warning",
    advice: "Training diverged: lower the learning rate and check the preprocessing.",
  },
};

/** The reader's findings with their weight, and what to do about them. */
export function readerFindings(findings: readonly Finding[]): InspectionFinding[] {
  return findings.map(({ code, layer, detail }) => ({
    code,
    level: "note",
    layer,
    detail,
    advice: "",
    ...MEANING[code],
  }));
}
