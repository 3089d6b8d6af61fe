import type { EngineEvent } from "./engine/events.js";

/** What the report says about the run besides its figures: TensorFlow.js's own traps, limits that cut something short. */
export function runNotes(events: readonly EngineEvent[]): string[] {
  const notes = events.flatMap((event) => {
    if (event.ev === "trap") return [trapNote(event.trap, event.paths.length)];
    if (event.ev === "fitEnd" && event.stopped && event.stopped !== "structure")
      return [`Fit ${event.fit + 1} was stopped by the limit of ${event.stopped}.`];
    if (event.ev === "done" && event.skippedSeconds >= 1)
      return [
        `The program waited ${Math.round(event.skippedSeconds)} seconds for its timers. They count towards its limit, but they were skipped.`,
      ];
    if (event.ev === "silenced") return [`${event.bytes} bytes of output were left out.`];
    return [];
  });
  return [...new Set(notes)];
}

function trapNote(trap: "frozen-batch-norm-moved" | "container-flag-ignored", count: number): string {
  return trap === "frozen-batch-norm-moved"
    ? `TensorFlow.js moves the statistics of BatchNormalization during fit even where it is frozen (${count} tensors here). This costs no points.`
    : `TensorFlow.js ignores \`trainable = false\` on a base that is the first layer of a sequential model: ${count} weights were trained all the same.`;
}
