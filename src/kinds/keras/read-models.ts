import type { SavedModel } from "../../contract/index.js";
import { type Frames, readFrames } from "../frames.js";
import { EVENTS, type EventOf, type RunnerEvent } from "./events.js";

export type RunnerFrames = Frames<RunnerEvent, EventOf<"file">["role"]>;

const LIMITS = { lineBytes: 4_000_000, events: 50_000, files: 1000 } as const;

/** What the runner wrote, read as the words of a hostile process. */
export const readRunnerFrames = (bytes: Buffer): RunnerFrames => readFrames(bytes, EVENTS, LIMITS);

/** The model that came through the pipe, or base and head in the order they are applied; null when none came whole. */
export function readModels({ files }: RunnerFrames): SavedModel[] | null {
  const of = (role: string): SavedModel | null => {
    const file = files.find((one) => one.role === role);
    return file ? { main: file.path, files: new Map([[file.path, file.bytes]]) } : null;
  };
  const whole = of("model");
  if (whole) return [whole];
  const [base, head] = [of("base"), of("head")];
  return base && head ? [base, head] : null;
}
