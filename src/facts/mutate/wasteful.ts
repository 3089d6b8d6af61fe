import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

const TIMES = 100;

/** The program takes a hundred times the time and the memory. */
export const wasteful: Mutation = {
  id: "wasteful",
  title: "the program wastes time and memory",
  apply(evidence) {
    const run = foundIn(evidence, "run");
    if (!run?.executed) return null;
    return withValues(evidence, {
      run: {
        ...run,
        wallMs: run.wallMs * TIMES,
        cpuMs: run.cpuMs * TIMES,
        peakMemoryMb: run.peakMemoryMb * TIMES,
      },
    });
  },
};
