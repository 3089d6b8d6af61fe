import { statfsSync } from "node:fs";
import type { JailEnd, JailLimits } from "./job.js";
import { lostTimeCounter } from "./lost-time.js";
import { type ProcessSample, readProc, residentKb, sampleTree } from "./process-tree.js";

/** What a run was seen to use so far. */
export interface Usage {
  cpuMs: number;
  /** Time for which others kept the run from the processors. */
  lostMs: number;
  peakMemoryMb: number;
}

export interface Watch {
  readonly usage: Usage;
  /** Looks now. */
  look(): void;
  stop(): void;
}

// Early looks, so that a short program is seen at all; then one every 200 ms.
const FIRST_LOOKS_MS = [5, 20, 50, 100];
const INTERVAL_MS = 200;

// The most the kernel holds by default for one descriptor of a pipe and for one socket; the filter on system calls
// keeps a program from asking for more.
const PIPE_KB = 4;
const SOCKET_KB = 300;

// An empty file costs the kernel about a kilobyte that no size limit counts.
const FILES_PER_SCRATCH_MB = 512;
const SCRATCH_FOLDERS = ["work", "tmp", "dev/shm"];

export interface WatchOptions {
  /** The run has its own network namespace and scratch folders, so that what they hold can be counted as its own. */
  readonly ownNamespaces: boolean;
  /** Told of the time lost, whenever it is counted anew. */
  readonly onLost: (lostMs: number) => void;
}

/**
 * Makes the watch over a run: it looks at the processes several times a second, and reports every limit they break.
 * The watch takes the run's first process and starts at once.
 */
export function watchRun(
  limits: JailLimits,
  { ownNamespaces, onLost }: WatchOptions,
): (pid: number, onBreach: (end: JailEnd) => void) => Watch {
  return (pid, onBreach) => {
    const usage: Usage = { cpuMs: 0, lostMs: 0, peakMemoryMb: 0 };
    const countCpu = cpuCounter();
    const countLost = lostTimeCounter();
    let bornAt: number | null = null;
    const look = (): void => {
      const samples = sampleTree(pid);
      bornAt ??= samples[0]?.startTicks ?? null;
      // The run is over and its number was given to a process that has nothing to do with it.
      if (samples[0]?.startTicks !== bornAt) return;
      const memoryMb = residentMb(samples, limits.memoryMb);
      const highest = Math.max(0, ...samples.map(({ peakResidentKb }) => peakResidentKb)) / 1024;
      usage.lostMs = countLost(samples);
      onLost(usage.lostMs);
      usage.cpuMs = Math.max(usage.cpuMs, countCpu(samples));
      usage.peakMemoryMb = Math.max(usage.peakMemoryMb, memoryMb, highest);
      const heldMb = memoryMb + (ownNamespaces ? kernelMb(pid, samples) : 0);
      const manyFiles = ownNamespaces && holdsTooManyFiles(pid, limits.scratchMb);
      if (heldMb > limits.memoryMb || manyFiles) onBreach("memory-limit");
      else if (usage.cpuMs > limits.cpuSeconds * 1000) onBreach("cpu-limit");
    };
    const first = FIRST_LOOKS_MS.map((delayMs) => setTimeout(look, delayMs));
    const interval = setInterval(look, INTERVAL_MS);
    const stop = (): void => {
      for (const timer of first) clearTimeout(timer);
      clearInterval(interval);
    };
    return { usage, look, stop };
  };
}

/** Two counts that are each too low, one for children nobody waits for, one for children too short-lived to be seen. */
function cpuCounter(): (samples: readonly ProcessSample[]) => number {
  const lastSeen = new Map<string, number>();
  return (samples) => {
    for (const { pid, startTicks, ownMs } of samples) lastSeen.set(`${pid} ${startTicks}`, ownMs);
    const everSeen = [...lastSeen.values()].reduce((sum, ms) => sum + ms, 0);
    const alive = samples.reduce((sum, { ownMs, waitedMs }) => sum + ownMs + waitedMs, 0);
    return Math.max(everSeen, alive);
  };
}

/** The exact count costs more, so it is made only when the cheap one, which counts shared pages often, is over. */
function residentMb(samples: readonly ProcessSample[], limitMb: number): number {
  const cheapMb = samples.reduce((sum, sample) => sum + sample.residentKb, 0) / 1024;
  if (cheapMb <= limitMb || samples.length === 1) return cheapMb;
  const shares = samples.map(({ pid }) => ({ pid, kb: proportionalKb(pid) }));
  // When one ends, the shares of the others grow. Only those that are still there may count: each of them was looked at
  // while no fewer shared its pages, so that together they are not more than there is.
  const there = shares.filter(({ pid }) => residentKb(pid) > 0);
  return there.reduce((sum, { kb }) => sum + kb, 0) / 1024;
}

/** A process may keep its share of pages to itself, and then counts in full; or be gone by now, and holds nothing. */
function proportionalKb(pid: number): number {
  const share = /^Pss:\s+(\d+)/m.exec(readProc(pid, "smaps_rollup") ?? "")?.[1];
  return share === undefined ? residentKb(pid) : Number(share);
}

/** Memory the kernel holds or could hold for the jail, which is in nobody's resident set: page tables, pipes, sockets. */
function kernelMb(initPid: number, samples: readonly ProcessSample[]): number {
  const ofProcesses = samples.reduce(
    (sum, { pageTableKb, descriptors }) => sum + pageTableKb + descriptors * PIPE_KB,
    0,
  );
  // The jail has a network namespace of its own, so these are its sockets only.
  const counts = (readProc(initPid, "net/protocols") ?? "").matchAll(/^UNIX\S* +\d+ +(\d+)/gm);
  const sockets = [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  return (ofProcesses + sockets * SOCKET_KB) / 1024;
}

/** Empty files use memory of the kernel that the size of a folder does not limit, so their number is watched. */
function holdsTooManyFiles(initPid: number, scratchMb: number): boolean {
  return SCRATCH_FOLDERS.some((folder) => {
    try {
      const { files, ffree } = statfsSync(`/proc/${initPid}/root/${folder}`);
      return files - ffree > FILES_PER_SCRATCH_MB * scratchMb;
    } catch {
      return false;
    }
  });
}
