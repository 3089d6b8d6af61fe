import type { JailResult } from "../../sandbox/index.js";
import { ownMs } from "../run-figures.js";
import type { Frames } from "./engine/frames.js";

/** The time a program had: what it did not lose to others, and its waits for timers, which nobody waited for. */
export function programMs(result: JailResult, { events }: Frames): number {
  const skipped = events.find((event) => event.ev === "done")?.skippedSeconds ?? 0;
  return ownMs(result) + skipped * 1000;
}
