import { parse } from "../../../contract/index.js";
import { type EngineEvent, EVENTS, type EventName, type EventOf } from "./events.js";

/** A file that came through the pipe. */
export interface FrameFile {
  role: EventOf<"file">["role"];
  path: EventOf<"file">["path"];
  bytes: Buffer;
}

export interface Frames {
  events: EngineEvent[];
  files: FrameFile[];
  /** Whether the engine came to its own end. */
  complete: boolean;
  /** What was wrong with the bytes; events and files before that place are kept. */
  problem?: string;
}

/** Caps of the reader; the writer stays below them. */
export const FRAME_LIMITS = { lineBytes: 4_000_000, events: 50_000, files: 6 } as const;

/**
 * Reads what the engine wrote: JSON events a line each, files as `file` events followed by that many raw bytes.
 * The bytes come from a hostile place: the first thing that does not fit ends the reading and is named.
 */
export function readFrames(bytes: Buffer): Frames {
  const frames: Frames = { events: [], files: [], complete: false };
  let at = 0;
  while (at < bytes.length) {
    if (frames.complete) return { ...frames, problem: "Bytes follow the last event." };
    const end = bytes.indexOf(10, at);
    if (end === -1) return { ...frames, problem: "The last event is cut off." };
    if (end - at > FRAME_LIMITS.lineBytes) return { ...frames, problem: "An event is too long." };
    if (frames.events.length >= FRAME_LIMITS.events)
      return { ...frames, problem: "There are too many events." };
    const event = parseEvent(bytes.toString("utf8", at, end));
    if (typeof event === "string") return { ...frames, problem: event };
    at = end + 1;
    frames.events.push(event);
    if (event.ev === "done") frames.complete = true;
    if (event.ev !== "file") continue;
    const problem = fileProblem(event, frames.files, bytes.length - at);
    if (problem !== undefined) return { ...frames, problem };
    frames.files.push({ role: event.role, path: event.path, bytes: bytes.subarray(at, at + event.bytes) });
    at += event.bytes;
  }
  return frames.complete ? frames : { ...frames, problem: "The last event is missing." };
}

function parseEvent(line: string): EngineEvent | string {
  let value: unknown;
  // An own key of this name would change a prototype wherever the event is copied by assignment.
  if (line.includes("__proto__")) return "A line names __proto__.";
  try {
    value = JSON.parse(line);
  } catch {
    return "A line is not JSON.";
  }
  const name =
    typeof value === "object" && value !== null && "ev" in value ? String(value.ev).slice(0, 40) : "";
  if (!Object.hasOwn(EVENTS, name)) return `There is no event "${name}".`;
  try {
    return parse(EVENTS[name as EventName], value, `event "${name}"`) as EngineEvent;
  } catch (error) {
    return String((error as Error).message).slice(0, 300);
  }
}

function fileProblem(event: EventOf<"file">, before: readonly FrameFile[], left: number): string | undefined {
  if (before.length >= FRAME_LIMITS.files) return "There are too many files.";
  if (before.some((file) => file.role === event.role && file.path === event.path))
    return `The file ${event.role}/${event.path} was sent twice.`;
  return event.bytes > left ? `The file ${event.role}/${event.path} is cut off.` : undefined;
}
