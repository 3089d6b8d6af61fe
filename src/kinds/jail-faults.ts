import { type Fault, fault, type Limits } from "../contract/index.js";
import type { JailResult } from "../sandbox/index.js";
import type { OpenBase } from "../store/index.js";
import type { Frames } from "./frames.js";
import { ownMs } from "./run-figures.js";

/** A place in the student's own files; null where it is not known. */
export interface Place {
  file: string | null;
  line: number | null;
}

/**
 * The fault of a program that ran out of time.
 * @param ms what it had; what it lost to others does not count
 */
export function timeFault(ms: number, limits: Limits, at?: Place): Fault {
  const seconds = Math.round(ms / 1000);
  return fault("time-limit", { seconds, limit: limits.seconds, where: inWords(at) });
}

/** The fault of a program that took more memory than there is for it. */
export const memoryFault = (limits: Limits, at?: Place): Fault =>
  fault("memory-limit", { limit: limits.memoryMb, where: inWords(at) });

const inWords = (at?: Place): string => (at?.file ? `, at ${at.file}, line ${at.line ?? "unknown"}` : "");

/** The limit at which the jail stopped a program, as a fault; null when it stopped at none. */
export function limitFault(result: JailResult, limits: Limits): Fault | null {
  switch (result.ended) {
    case "time-limit":
    case "cpu-limit":
      return timeFault(ownMs(result), limits);
    case "memory-limit":
      return memoryFault(limits);
    case "output-limit":
    case "result-limit":
      return fault("output-limit", { limit: limits.modelMb * 2 ** 20 });
    default:
      return null;
  }
}

/** The fault of a program that told of no error of its own: it crashed, or what it handed back broke off; else null. */
export function endFault(
  result: JailResult,
  frames: Pick<Frames<{ ev: string }>, "complete" | "problem">,
): Fault | null {
  if (result.ended === "crashed") return fault("program-crashed", { why: result.signal ?? "no signal" });
  return frames.complete ? null : fault("result-invalid", { why: frames.problem ?? "nothing came back" });
}

/** The fault of an assignment that does not offer the base a program asked for. */
export function baseNotOffered(address: string, bases: readonly OpenBase[]): Fault {
  const known = bases.flatMap((base) => base.facts.addresses).join(", ") || "none";
  return fault("base-not-offered", { address, known });
}
