import { FrostlineFault } from "../contract/index.js";

const LAYOUTS =
  "A folder for each class with JPEG or PNG pictures, the same under `train` and `test`, or a `.npz` file with arrays of images and labels";

/** The fault of a data set that cannot be added. */
export function datasetInvalid(
  name: string,
  why: string,
  words: { expected?: string; hint?: string } = {},
): FrostlineFault {
  const { expected = LAYOUTS, hint = "Correct it and add it again." } = words;
  return new FrostlineFault("dataset-invalid", { name, why, expected, hint });
}
