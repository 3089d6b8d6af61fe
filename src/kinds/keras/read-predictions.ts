import {
  type Artifact,
  failed,
  fault,
  found,
  type PredictionInputs,
  type Predictions,
} from "../../contract/index.js";
import type { JailResult } from "../../sandbox/index.js";
import { type Frames, readFrames } from "../frames.js";
import { PREDICTION_EVENTS, type PredictionEvent } from "./prediction-events.js";
import { stepOfRange } from "./step-of-range.js";
import { stoppedPrediction } from "./stopped-prediction.js";

const LIMITS = { lineBytes: 4_000_000, events: 50_000, files: 1 } as const;

/** What a jail that predicts handed back; a string says why the models cannot be loaded or used there. */
export function readPredictions(
  result: JailResult,
  inputs: PredictionInputs,
): Artifact<Predictions> | string {
  const frames: Frames<PredictionEvent> = readFrames(result.result, PREDICTION_EVENTS, LIMITS);
  const last = frames.events.findLast((event) => event.ev === "predicting");
  const done = last?.ev === "predicting" ? last.done : 0;
  const stopped = stoppedPrediction(result, { done, total: inputs.images.length });
  if (stopped) return failed(stopped);
  for (const event of frames.events) {
    // A layer's own code may load and still miss what its program defines.
    if (event.ev === "unloadable" || event.ev === "predictionFailed") return event.message;
    if (event.ev === "unprepared")
      return failed(fault("prediction-failed", { why: `its own preparation failed: ${event.message}` }));
  }
  const said = frames.events.find((event) => event.ev === "predictions");
  const bytes = frames.files[0]?.bytes;
  if (said?.ev !== "predictions" || !bytes)
    return failed(fault("prediction-failed", { why: frames.problem ?? "no predictions came back" }));
  const { rows, outputs } = said;
  if (rows !== inputs.images.length || bytes.byteLength !== rows * outputs * 4)
    return failed(
      fault("prediction-failed", { why: `${rows} rows came back for ${inputs.images.length} images` }),
    );
  // A copy, because the bytes may begin at a place where floats cannot.
  const values = new Float32Array(Uint8Array.from(bytes).buffer);
  const range = frames.events.find((event) => event.ev === "prepared");
  const prepared = inputs.prepare && range?.ev === "prepared" ? stepOfRange(range.channels) : null;
  return found({ rows, outputs, values, ...(prepared ? { prepared } : {}) }, "measured");
}
