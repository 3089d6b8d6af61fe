import { type Fault, fault, type Limits } from "../../contract/index.js";
import type { JailResult } from "../../sandbox/index.js";
import type { OpenBase } from "../../store/index.js";
import type { EventOf } from "./engine/events.js";
import type { Frames } from "./engine/frames.js";

/** What stopped the program before its own end, for the student; null when nothing did. */
export function stoppedBy(
  result: JailResult,
  frames: Frames,
  limits: Limits,
  bases: readonly OpenBase[],
): Fault | null {
  const seconds = Math.round(result.wallMs / 1000);
  switch (result.ended) {
    case "time-limit":
    case "cpu-limit":
      return fault("time-limit", { seconds, limit: limits.seconds });
    case "memory-limit":
      return fault("memory-limit", { limit: limits.memoryMb });
    case "output-limit":
    case "result-limit":
      return fault("output-limit", { limit: limits.modelMb * 2 ** 20 });
    default:
  }
  const error = frames.events.find((event) => event.ev === "error");
  if (error) return ofError(error, seconds, limits, bases);
  if (result.ended === "crashed") return fault("program-crashed", { why: result.signal ?? "no signal" });
  return frames.complete ? null : fault("result-invalid", { why: frames.problem ?? "nothing came back" });
}

function ofError(
  error: EventOf<"error">,
  seconds: number,
  limits: Limits,
  bases: readonly OpenBase[],
): Fault {
  const { message, file, line } = error;
  switch (error.phase) {
    case "seconds":
      return fault("time-limit", { seconds, limit: limits.seconds });
    case "memory":
      return fault("memory-limit", { limit: limits.memoryMb });
    case "never-settles":
      return fault("program-never-settles");
    case "artifact":
      return fault("result-invalid", { why: message });
    case "engine":
      return fault("internal", { message });
    default:
  }
  if (error.name === "BaseNotOfferedError") {
    const known = bases.flatMap((base) => base.facts.addresses).join(", ") || "none";
    return fault("base-not-offered", { address: message, known });
  }
  if (error.name === "ModuleNotAvailableError")
    return fault("program-import", { module: file ?? "a module", hint: message });
  const place = { file: file ?? "the program", line: line ?? "unknown", message };
  return fault(
    error.name === "SyntaxError" && error.phase === "load" ? "program-syntax" : "program-error",
    place,
  );
}
