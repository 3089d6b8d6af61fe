import { readFileSync } from "node:fs";
import type { EngineJob } from "../job.js";

/** The time a program may take. It stands still while others use the processors, and jumps where the program waits. */
export interface ProgramClock {
  /**
   * When so many seconds of its time will be over, on the clock of `performance.now()`; in the past when they are over.
   * Expected is that others go on taking as much as they did so far; by a patient clock, as much as they ever may.
   */
  endOf(seconds: number): number;
  /** Counts a wait that the program would have had, and that nobody waited for. */
  skip(ms: number): void;
  /** Milliseconds skipped so far. */
  skippedMs(): number;
}

// The file is written anew about twice a second.
const READ_EVERY_MS = 200;

/**
 * Makes the clock of a program that starts now.
 * @param job its file `lostTime` holds the milliseconds lost so far; without it nothing is lost
 */
export function startProgramClock(
  { lostTime, patient = false, slowest = 1 }: Pick<EngineJob, "lostTime" | "patient" | "slowest">,
  now: () => number = () => performance.now(),
): ProgramClock {
  const startedMs = now();
  let readAtMs = Number.NEGATIVE_INFINITY;
  let lostMs = 0;
  let skippedMs = 0;
  return {
    skip(ms) {
      skippedMs += ms;
    },
    skippedMs: () => skippedMs,
    endOf(seconds) {
      const atMs = now();
      if (lostTime !== undefined && atMs >= readAtMs + READ_EVERY_MS) {
        lostMs = Number(readFileSync(lostTime, "utf8"));
        readAtMs = atMs;
      }
      const passedMs = atMs - startedMs;
      const ownMs = Math.max(0, passedMs - lostMs);
      const soFar = ownMs > 0 ? Math.min(slowest, passedMs / ownMs) : 1;
      return atMs + (seconds * 1000 - ownMs - skippedMs) * (patient ? slowest : soFar);
    },
  };
}
