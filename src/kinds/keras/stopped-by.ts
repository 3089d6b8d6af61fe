import { type Fault, fault, type Limits } from "../../contract/index.js";
import type { JailResult } from "../../sandbox/index.js";
import { baseNotOffered, endFault, limitFault, memoryFault, timeFault } from "../jail-faults.js";
import { ownMs } from "../run-figures.js";
import type { Assignment } from "../kind.js";
import type { EventOf } from "./events.js";
import type { RunnerFrames } from "./read-models.js";

/** What stopped the program before its own end, for the student; null when nothing did. */
export function stoppedBy(result: JailResult, frames: RunnerFrames, assignment: Assignment): Fault | null {
  const { limits } = assignment;
  const limit = limitFault(result, limits);
  if (limit) return limit;
  for (const event of frames.events) {
    if (event.ev === "error") return ofError(event, result, limits);
    if (event.ev === "broken") return fault("internal", { message: event.message });
    if (event.ev === "notOffered") return notOffered(event, assignment);
  }
  return endFault(result, frames);
}

function ofError(error: EventOf<"error">, result: JailResult, limits: Limits): Fault {
  const { kind, name, message, missing } = error;
  const line = error.line ?? "unknown";
  const file = error.file ?? "the program";
  switch (kind) {
    case "seconds":
      return timeFault(ownMs(result), limits, error);
    case "memory":
      return memoryFault(limits, error);
    case "import":
      return fault("program-import", {
        module: missing ?? "A module",
        hint: `${file}, line ${line} imports it.`,
      });
    case "syntax":
      return fault("program-syntax", { file, line, message });
    case "file":
      return fault("program-file", { file, line, name: missing ?? "a file" });
    case "shape":
      return fault("program-shape", { file, line, message });
    default:
      return fault("program-error", { file, line, message: `${name}: ${message}` });
  }
}

function notOffered({ what, asked }: EventOf<"notOffered">, { bases, dataset }: Assignment): Fault {
  if (what === "data") return fault("data-not-offered", { name: asked, known: dataset.facts.name });
  return baseNotOffered(asked, bases);
}
