import { constants } from "node:os";
import type { JailEnd, JailLimits, JailResult } from "./job.js";

type Ending = Pick<JailResult, "ended" | "exitCode" | "signal">;

/** A program that died of a signal is reported, by shell custom, as this plus the signal's number. */
export const SIGNAL_BASE = 128;

/**
 * Names how a run ended.
 * @param killed why we killed it; null when we did not
 * @param exitCode as reported by the jail; a program may choose any, so it can pretend to have crashed
 */
export function howItEnded(
  killed: JailEnd | null,
  exitCode: number,
  cpuMs: number,
  limits: JailLimits,
): Ending {
  if (killed !== null) return { ended: killed, exitCode: null, signal: null };
  const signal = nameOfSignal(exitCode - SIGNAL_BASE);
  if (signal === null) return { ended: "exited", exitCode, signal: null };
  const byCpuLimit = signal === "SIGKILL" && cpuMs >= limits.cpuSeconds * 1000;
  return { ended: byCpuLimit ? "cpu-limit" : "crashed", exitCode: null, signal };
}

function nameOfSignal(number: number): string | null {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null;
}
