import { readFileSync } from "node:fs";
import type { JailLimits } from "./job.js";

const KIBIBYTES = 1024;

/**
 * A line for bash that sets the kernel's limits on itself and on whatever it becomes; it fails when one cannot be set.
 * In a jail it must run inside, because the number of processes is then counted in the jail's own user namespace.
 */
export function limitLine(limits: JailLimits): string {
  const hardLimits = readHardLimits();
  const wanted: readonly (readonly [option: string, name: string, value: number, unit: number])[] = [
    ["u", "Max processes", limits.processes, 1],
    ["n", "Max open files", limits.openFiles, 1],
    ["d", "Max data size", limits.dataMb * KIBIBYTES, KIBIBYTES],
    ["f", "Max file size", limits.fileMb * KIBIBYTES, KIBIBYTES],
    // One second more than the watch allows, so that normally the watch acts and the cause is certain.
    ["t", "Max cpu time", Math.ceil(limits.cpuSeconds) + 1, 1],
    ["c", "Max core file size", 0, KIBIBYTES],
  ];
  return wanted
    .map(([option, name, value, unit]) => {
      const hard = Math.floor((hardLimits.get(name) ?? Number.POSITIVE_INFINITY) / unit);
      return [option, Math.min(value, hard)] as const;
    })
    .filter(([, value]) => Number.isFinite(value))
    .map(([option, value]) => `ulimit -${option} ${value}`)
    .join(" && ");
}

/** The limits nobody here may go above: asking for more would fail. */
function readHardLimits(): Map<string, number> {
  const rows = readFileSync("/proc/self/limits", "utf8").matchAll(/^(Max [a-z ]+?) {2,}\S+ +(\S+)/gm);
  return new Map(
    [...rows].map(([, name = "", hard]) => [
      name,
      hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard),
    ]),
  );
}
