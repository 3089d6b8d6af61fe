import { readFileSync } from "node:fs";
import type { JailLimits } from "./job.js";

const MEBIBYTE = 1024 * 1024;

/**
 * The command that sets the kernel's limits and becomes the program. In a jail it must run inside, because the
 * number of processes is then counted in the jail's own user namespace.
 * @param prlimit path of the program that sets them
 */
export function limitedCommand(prlimit: string, limits: JailLimits, command: readonly string[]): string[] {
  const hardLimits = readHardLimits();
  const wanted: readonly (readonly [option: string, name: string, value: number])[] = [
    ["nproc", "Max processes", limits.processes],
    ["nofile", "Max open files", limits.openFiles],
    ["data", "Max data size", limits.dataMb * MEBIBYTE],
    ["fsize", "Max file size", limits.fileMb * MEBIBYTE],
    // One second more than the watch allows, so that normally the watch acts and the cause is certain.
    ["cpu", "Max cpu time", Math.ceil(limits.cpuSeconds) + 1],
    ["core", "Max core file size", 0],
  ];
  const options = wanted
    .map(([option, name, value]) => [option, Math.min(value, hardLimits.get(name) ?? value)] as const)
    .filter(([, value]) => Number.isFinite(value))
    .map(([option, value]) => `--${option}=${value}`);
  return [prlimit, ...options, "--", ...command];
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
