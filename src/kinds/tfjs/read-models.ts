import type { SavedModel } from "../../contract/index.js";
import type { Frames } from "./engine/frames.js";

/** The model that came through the pipe, or base and head in the order they are applied; null when none came whole. */
export function readModels(frames: Frames): SavedModel[] | null {
  const of = (role: string): SavedModel | null => {
    const files = new Map(
      frames.files.filter((file) => file.role === role).map((file) => [file.path, file.bytes]),
    );
    return files.has("model.json") && files.has("weights.bin") ? { main: "model.json", files } : null;
  };
  const whole = of("model");
  if (whole) return [whole];
  const [base, head] = [of("base"), of("head")];
  return base && head ? [base, head] : null;
}
