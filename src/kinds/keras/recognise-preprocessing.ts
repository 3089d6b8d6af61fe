import type { Preprocessing } from "../../contract/index.js";
import { recogniseStep } from "../recognise-step.js";
import type { RunnerEvent } from "./events.js";

/**
 * The step that turns pixels of 0..255 into what was fed to the first model, recognised by its range in each channel;
 * null when no pictures were fed or no known step explains them.
 */
export function recognisePreprocessing(events: readonly RunnerEvent[]): Preprocessing | null {
  for (const event of events) {
    if ((event.ev !== "predict" && event.ev !== "fitStart") || event.inputs?.shape.length !== 4) continue;
    const channels = event.inputs.channels.flatMap(({ min, max, mean }) =>
      min === null || max === null || mean === null ? [] : [{ min, max, mean }],
    );
    if (channels.length === 3) return recogniseStep(channels);
  }
  return null;
}
