import { availableParallelism } from "node:os";

// Helpers of a framework compute on the side even where there are few processors.
const LEAST = 4;

/** CPU time, in seconds, that a program may use in so many seconds: as much as all processors of this machine give. */
export function cpuSecondsIn(seconds: number): number {
  return Math.ceil(seconds * Math.max(LEAST, availableParallelism()));
}
