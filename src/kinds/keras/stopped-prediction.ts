import { type Fault, fault } from "../../contract/index.js";
import type { JailResult } from "../../sandbox/index.js";
import { ownMs } from "../run-figures.js";

/** How far a prediction had come when its jail ended. */
export interface PredictionProgress {
  done: number;
  total: number;
}

/**
 * Why a prediction was stopped and who must act; null when it came to its own end. A model that was predicting is
 * honest however slow it is, so its points wait; one that in all its time predicted nothing is not.
 */
export function stoppedPrediction(result: JailResult, { done, total }: PredictionProgress): Fault | null {
  switch (result.ended) {
    case "exited":
      return null;
    case "cancelled":
      return fault("cancelled");
    case "time-limit":
    case "cpu-limit": {
      const seconds = Math.round(ownMs(result) / 1000);
      if (done === 0) return failedBecause(`in ${seconds} seconds it did not predict one image`);
      return fault("prediction-time", { seconds, done, total });
    }
    case "memory-limit":
      return failedBecause("it needs more memory for one image than the program may use");
    case "crashed":
      return failedBecause(`it was ended by the system (${result.signal ?? "no signal"})`);
    default:
      return failedBecause("it printed or returned far more than predictions");
  }
}

const failedBecause = (why: string): Fault => fault("prediction-failed", { why });
