import { type Frames as FramesOf, readFrames as read } from "../../frames.js";
import { type EngineEvent, EVENTS, type EventOf } from "./events.js";

export type Frames = FramesOf<EngineEvent, EventOf<"file">["role"]>;

/** Caps of the reader; the writer stays below them. */
const FRAME_LIMITS = { lineBytes: 4_000_000, events: 50_000, files: 6 } as const;

/** Reads what the engine wrote; see `readFrames` of the kinds. */
export const readFrames = (bytes: Buffer): Frames => read(bytes, EVENTS, FRAME_LIMITS);
