import type { Preprocessing } from "../../contract/index.js";
import { recogniseStep } from "../recognise-step.js";
import type { EngineEvent } from "./engine/events.js";

/**
 * The step that turns pixels of 0..255 into what was fed to the first model, recognised by its range in each channel;
 * null when no pictures were fed or no known step explains them.
 */
export function recognisePreprocessing(events: readonly EngineEvent[]): Preprocessing | null {
  const fed = events.flatMap((event) => {
    if (event.ev === "predict") return event.inputs ? [event.inputs] : [];
    if (event.ev !== "fitStart") return [];
    const end = events.find((one) => one.ev === "fitEnd" && one.fit === event.fit);
    const inputs = event.inputs ?? (end?.ev === "fitEnd" ? end.inputs : null);
    return inputs ? [inputs] : [];
  });
  const pictures = fed.find((inputs) => inputs.shape.length === 4 && inputs.channels.length === 3);
  return pictures ? recogniseStep(pictures.channels) : null;
}
