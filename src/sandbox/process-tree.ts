import { readdirSync, readFileSync } from "node:fs";

/** What the kernel says about one process at one moment. */
export interface ProcessSample {
  readonly pid: number;
  /** Tells this process from a later one with the same number. */
  readonly startTicks: number;
  /** CPU time of its own. */
  readonly ownMs: number;
  /** CPU time of its finished children that it waited for. */
  readonly waitedMs: number;
  readonly residentKb: number;
  readonly peakResidentKb: number;
  readonly pageTableKb: number;
  /** Places in its table of descriptors. */
  readonly descriptors: number;
}

// The kernel's unit for CPU time in /proc, the same on every machine that Node runs on.
export const TICK_MS = 10;

/** Samples a process, which comes first, and everything below it. Processes that end meanwhile are left out. */
export function sampleTree(rootPid: number): ProcessSample[] {
  const samples: ProcessSample[] = [];
  const waiting = [rootPid];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const sample = sampleProcess(pid);
    if (sample === null) continue;
    samples.push(sample);
    waiting.push(...childrenOf(pid));
  }
  return samples;
}

function sampleProcess(pid: number): ProcessSample | null {
  const stat = readProc(pid, "stat");
  const status = readProc(pid, "status");
  if (stat === null || status === null) return null;
  // The name may hold anything, so the numbers are counted from its closing bracket.
  const numbers = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = (index: number): number => numbers[index] ?? 0;
  const field = (name: string): number => fieldOf(status, name);
  return {
    pid,
    startTicks: ticks(19),
    ownMs: (ticks(11) + ticks(12)) * TICK_MS,
    waitedMs: (ticks(13) + ticks(14)) * TICK_MS,
    residentKb: field("VmRSS"),
    peakResidentKb: field("VmHWM"),
    pageTableKb: field("VmPTE"),
    descriptors: field("FDSize"),
  };
}

function childrenOf(pid: number): number[] {
  let threads: string[] = [];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    (readProc(pid, `task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number),
  );
}

/** Resident memory of a process now, shared pages included. */
export function residentKb(pid: number): number {
  return fieldOf(readProc(pid, "status") ?? "", "VmRSS");
}

/** A number of a process's status; 0 where the process is over and only waited for. */
function fieldOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
}

/** A file of a process in /proc; null when the process is gone or does not let us look. */
export function readProc(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch {
    return null;
  }
}
