import { writeSync } from "node:fs";
import type { EngineEvent, EventName } from "../events.js";

/** The way out: events and files on one descriptor, everything capped. */
export interface FrameWriter {
  emit(event: EngineEvent): void;
  /** An event that the isolate made, as JSON. It may be invented; what it may not be is malformed or a file. */
  emitFromGuest(json: unknown): void;
  print(stream: unknown, text: unknown): void;
  /** Writes a file from parts. @throws where it would pass the output limit */
  file(
    role: "model" | "base" | "head",
    path: "model.json" | "weights.bin",
    parts: readonly Uint8Array[],
  ): void;
  /** Room left for files, in bytes. */
  readonly room: number;
  readonly dropped: number;
}

const MAX_EVENTS = 40_000;
const MAX_EVENT_BYTES = 3_000_000;
const MAX_ALL_EVENT_BYTES = 64_000_000;
const MAX_CONSOLE_TEXT = 65_536;

/** Events that only the host writes, so that the isolate cannot end the story or smuggle a file into it. */
const HOST_ONLY: ReadonlySet<string> = new Set<EventName>(["start", "console", "silenced", "file", "done"]);

/** @param limits of bytes printed by the program and of bytes of files */
export function createFrameWriter(
  descriptor: number,
  limits: { consoleBytes: number; outputBytes: number },
): FrameWriter {
  let events = 0;
  let eventBytes = 0;
  let consoleBytes = 0;
  let room = limits.outputBytes;
  let dropped = 0;

  const line = (json: string, always: boolean): void => {
    const bytes = Buffer.byteLength(json) + 1;
    const full = events >= MAX_EVENTS || bytes > MAX_EVENT_BYTES || eventBytes + bytes > MAX_ALL_EVENT_BYTES;
    if (full && !always) {
      dropped += 1;
      return;
    }
    events += 1;
    eventBytes += bytes;
    writeAll(descriptor, Buffer.from(`${json}\n`));
  };
  const emit = (event: EngineEvent): void => line(JSON.stringify(event), event.ev === "done");

  return {
    emit,
    emitFromGuest(json) {
      const name = typeof json === "string" && json.length <= MAX_EVENT_BYTES ? eventName(json) : undefined;
      if (name === undefined || HOST_ONLY.has(name)) dropped += 1;
      else line(String(json), false);
    },
    print(stream, text) {
      const whole = String(text);
      const short = whole.slice(0, MAX_CONSOLE_TEXT);
      const bytes = Buffer.byteLength(whole);
      const fits = consoleBytes + bytes <= limits.consoleBytes;
      if (fits) emit({ ev: "console", stream: String(stream).slice(0, 20), text: short });
      else if (consoleBytes <= limits.consoleBytes) emit({ ev: "silenced", bytes: limits.consoleBytes });
      consoleBytes = fits ? consoleBytes + bytes : Number.POSITIVE_INFINITY;
    },
    file(role, path, parts) {
      const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
      if (bytes > room) throw new Error(`The file ${path} of ${bytes} bytes passes the output limit.`);
      room -= bytes;
      emit({ ev: "file", role, path, bytes });
      for (const part of parts) writeAll(descriptor, part);
    },
    get room() {
      return room;
    },
    get dropped() {
      return dropped;
    },
  };
}

function eventName(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return json.includes("\n") ? undefined : String((value as { ev?: unknown }).ev);
  } catch {
    return undefined;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // The reader is slower than we are; a pipe that does not block has no better way to wait.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
