import { type Fault, fault } from "../../contract/index.js";
import type { JailResult } from "../../sandbox/index.js";
import type { OpenBase } from "../../store/index.js";
import { baseNotOffered, endFault, limitFault, memoryFault, timeFault } from "../jail-faults.js";
import type { EventOf } from "./engine/events.js";
import type { Frames } from "./engine/frames.js";
import type { OnBackend } from "./on-backend.js";
import { programMs } from "./program-ms.js";

/** What stopped the program before its own end, for the student; null when nothing did. */
export function stoppedBy(
  result: JailResult,
  frames: Frames,
  on: OnBackend,
  bases: readonly OpenBase[],
): Fault | null {
  const limit = limitFault(result, on.limits);
  if (limit) return limit;
  const error = frames.events.find((event) => event.ev === "error");
  return error ? ofError(error, result, frames, on, bases) : endFault(result, frames);
}

function ofError(
  error: EventOf<"error">,
  result: JailResult,
  frames: Frames,
  { backend, limits }: OnBackend,
  bases: readonly OpenBase[],
): Fault {
  const { message, file, line } = error;
  switch (error.phase) {
    case "seconds":
      return timeFault(programMs(result, frames), limits);
    case "memory":
      return memoryFault(limits);
    case "never-settles":
      return fault("program-never-settles");
    case "artifact":
      return fault("result-invalid", { why: message });
    case "engine":
      return fault("internal", { message });
    default:
  }
  if (error.name === "BaseNotOfferedError") return baseNotOffered(message, bases);
  if (error.name === "ModuleNotAvailableError")
    return fault("program-import", { module: file ?? "a module", hint: message });
  // Believed only where it can be true, because a program may throw an error of any name.
  if (error.name === "TensorflowNeededError" && backend === "wasm")
    return fault("kind-unsupported", {
      kind: "tfjs",
      reason: message.replace(/\.$/, ""),
      expected: "The native backend that `npm run setup` builds",
      hint: "Run `npm run setup` and see what it says of TensorFlow, then grade again.",
    });
  const place = { file: file ?? "the program", line: line ?? "unknown", message };
  return fault(
    error.name === "SyntaxError" && error.phase === "load" ? "program-syntax" : "program-error",
    place,
  );
}
