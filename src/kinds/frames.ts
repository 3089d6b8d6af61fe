import type { TSchema } from "@sinclair/typebox";
import { parse } from "../contract/index.js";

/** What every program that hands things back may say: a file whose bytes follow, and that it came to its end. */
type FrameEvent =
  | { ev: "file"; role: string; path: string; bytes: number }
  | { ev: "done" }
  | { ev: Exclude<string, "file" | "done"> };

/** A file that came through the pipe. */
export interface FrameFile<Role extends string = string> {
  role: Role;
  path: string;
  bytes: Buffer;
}

export interface Frames<Event extends { ev: string }, Role extends string = string> {
  events: Event[];
  files: FrameFile<Role>[];
  /** Whether the program came to its own end. */
  complete: boolean;
  /** What was wrong with the bytes; events and files before that place are kept. */
  problem?: string;
}

export interface FrameLimits {
  lineBytes: number;
  events: number;
  files: number;
}

/**
 * Reads what a program wrote: JSON events a line each, files as `file` events followed by that many raw bytes.
 * The bytes come from a hostile place: the first thing that does not fit ends the reading and is named.
 * @param schemas of the events, by name; `file` and `done` are among them
 */
export function readFrames<Event extends FrameEvent, Role extends string = string>(
  bytes: Buffer,
  schemas: Readonly<Record<string, TSchema>>,
  limits: FrameLimits,
): Frames<Event, Role> {
  const frames: Frames<Event, Role> = { events: [], files: [], complete: false };
  let at = 0;
  while (at < bytes.length) {
    if (frames.complete) return { ...frames, problem: "Bytes follow the last event." };
    const end = bytes.indexOf(10, at);
    if (end === -1) return { ...frames, problem: "The last event is cut off." };
    if (end - at > limits.lineBytes) return { ...frames, problem: "An event is too long." };
    if (frames.events.length >= limits.events) return { ...frames, problem: "There are too many events." };
    const event = parseEvent<Event>(bytes.toString("utf8", at, end), schemas);
    if (typeof event === "string") return { ...frames, problem: event };
    at = end + 1;
    frames.events.push(event);
    if (event.ev === "done") frames.complete = true;
    if (!isFile(event)) continue;
    const problem = fileProblem(event, frames.files, bytes.length - at, limits);
    if (problem !== undefined) return { ...frames, problem };
    frames.files.push({
      role: event.role as Role,
      path: event.path,
      bytes: bytes.subarray(at, at + event.bytes),
    });
    at += event.bytes;
  }
  return frames.complete ? frames : { ...frames, problem: "The last event is missing." };
}

type FileEvent = Extract<FrameEvent, { bytes: number }>;

const isFile = (event: { ev: string }): event is FileEvent => event.ev === "file";

function parseEvent<Event extends FrameEvent>(
  line: string,
  schemas: Readonly<Record<string, TSchema>>,
): Event | string {
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
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (!schema) return `There is no event "${name}".`;
  try {
    return parse(schema, value, `event "${name}"`) as Event;
  } catch (error) {
    return String((error as Error).message).slice(0, 300);
  }
}

function fileProblem(
  event: FileEvent,
  before: readonly FrameFile[],
  left: number,
  limits: FrameLimits,
): string | undefined {
  if (before.length >= limits.files) return "There are too many files.";
  if (before.some((file) => file.role === event.role && file.path === event.path))
    return `The file ${event.role}/${event.path} was sent twice.`;
  return event.bytes > left ? `The file ${event.role}/${event.path} is cut off.` : undefined;
}
