import type { CatalogueEntry } from "./entry.js";

const entry = (what: string, expected: string, next: string): CatalogueEntry => ({
  blame: "submission",
  what,
  expected,
  next,
});

/** Faults of a saved model or of its predictions. */
export const MODEL_FAULTS = {
  "no-model": entry(
    "The program ended without a trained model.",
    "A model that was fitted, and then saved or returned.",
    "Call `model.fit`, then `model.save(...)`; a TensorFlow.js program may also return the model from `main()`.",
  ),
  "several-models": entry(
    "Several models could be the one to grade: {files}.",
    "{expected}.",
    "Hand in only that one; a program may also save it as `model.keras`, after its last training.",
  ),
  "model-unreadable": entry(
    "The saved model `{file}` cannot be read: {why}.",
    "A complete file as the framework writes it.",
    "Save the model again and load it once to check.",
  ),
  "model-too-large": entry(
    "The saved model `{file}` asks for {bytes} bytes.",
    "At most {limit} bytes.",
    "Use a smaller head: global average pooling instead of Flatten saves most of the parameters.",
  ),
  "model-format": entry(
    "`{file}` is {format}, from which {why}.",
    "A `.keras`, `.h5` or TensorFlow.js `model.json` file.",
    "Save the model again, as one of these.",
  ),
  "model-input": entry(
    "The model takes inputs of shape {found}.",
    "Images of shape {expected}.",
    "Give the model an input of height, width and 3 channels.",
  ),
  "prediction-shape": entry(
    "The model gives {found} values an image.",
    "{expected} values, one a class ({classes}).",
    "End the head with a layer of {expected} units.",
  ),
  "prediction-not-finite": entry(
    "{count} of {total} predictions are not numbers.",
    "Finite numbers.",
    "Training diverged: lower the learning rate and check the preprocessing.",
  ),
  "prediction-failed": entry(
    "The model failed on the hidden images: {why}.",
    "A model that predicts for images like the training images.",
    "Load your saved model in a new program and predict one image.",
  ),
} as const satisfies Record<string, CatalogueEntry>;
