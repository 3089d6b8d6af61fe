import { setFlagsFromString } from "node:v8";

/**
 * For commands that run for a second: V8's optimizing compiler would take a quarter of the processor time and be done
 * when they are. Holds for the threads started afterwards, too.
 */
export function spareCompiler(): void {
  setFlagsFromString("--no-opt");
}
