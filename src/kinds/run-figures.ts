import type { RunFacts } from "../contract/index.js";
import type { JailResult } from "../sandbox/index.js";

/** Less is not worth a line in the report. */
const NOTED_MS = 1000;

/** How a program ended and what it used. */
export function runFigures(
  result: JailResult,
): Pick<RunFacts, "executed" | "ended" | "wallMs" | "lostMs" | "cpuMs" | "peakMemoryMb"> {
  return {
    executed: true,
    ended: result.ended,
    wallMs: Math.round(result.wallMs),
    lostMs: Math.round(result.lostMs),
    cpuMs: Math.round(result.cpuMs),
    peakMemoryMb: Math.round(result.peakMemoryMb),
  };
}

/** Time of a run without what it lost to others. */
export const ownMs = ({ wallMs, lostMs }: Pick<JailResult, "wallMs" | "lostMs">): number => wallMs - lostMs;

/** What the report says of time that the program lost to others. */
export function lostTimeNotes({ lostMs }: JailResult): string[] {
  if (lostMs < NOTED_MS) return [];
  return [
    `Other programs on the machine kept this one from the processors for ${Math.round(lostMs / 1000)} seconds. They do not count towards its limit.`,
  ];
}
