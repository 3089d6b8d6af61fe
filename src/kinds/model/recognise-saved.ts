import { fault, type Snapshot } from "../../contract/index.js";
import type { Recognition } from "../kind.js";
import { savedModels } from "./saved-models.js";

/** One saved model, or two: the one after the first phase of training and the final one. */
export function recogniseSaved(snapshot: Snapshot): Recognition {
  const paths = savedModels(snapshot).map(({ path }) => path);
  const last = paths.at(-1);
  if (last === undefined) return { state: "other" };
  if (paths.length <= 2) return { state: "recognised", entry: last };
  const expected = "One model, or two named so that the one after phase 1 comes first";
  return { state: "unclear", fault: fault("several-models", { files: paths.join(", "), expected }) };
}
