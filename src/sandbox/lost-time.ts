import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { type ProcessSample, readProc, TICK_MS } from "./process-tree.js";

// A wait is known when it is over, so in short stretches much of it would be missed.
const LEAST_STRETCH_MS = 500;

/** What a run and the machine did between two looks, milliseconds. */
export interface Stretch {
  readonly elapsedMs: number;
  /** Processor time of all threads of the run. */
  readonly ranMs: number;
  /** Time for which those threads were ready and had no processor. */
  readonly waitedMs: number;
  /** Processor time of everything that is not of the run. */
  readonly othersMs: number;
  readonly processors: number;
}

/**
 * The part of a stretch by which the run would have been faster with the machine to itself. What its threads took from
 * each other is not lost, nor is a wait while nobody else computed: no program can put off its own limit. Asleep, it
 * loses nothing.
 */
export function lostIn({ elapsedMs, ranMs, waitedMs, othersMs, processors }: Stretch): number {
  const readyMs = ranMs + waitedMs;
  const wantedMs = Math.min(readyMs, processors * elapsedMs);
  if (wantedMs <= 0) return 0;
  const missedMs = Math.max(0, Math.min(wantedMs - ranMs, othersMs));
  return (missedMs / wantedMs) * Math.min(readyMs, elapsedMs);
}

/** Counts what a run loses from now on; what the latest half second cost may still be missing. */
export function lostTimeCounter(): (samples: readonly ProcessSample[]) => number {
  const processors = availableParallelism();
  let threads = new Map<string, ThreadTimes>();
  let lookedAt = performance.now();
  let busyMs = machineBusyMs();
  let lostMs = 0;
  return (samples) => {
    const now = performance.now();
    if (now - lookedAt < LEAST_STRETCH_MS) return lostMs;
    const busyNowMs = machineBusyMs();
    const seen = new Map(samples.flatMap(({ pid, startTicks }) => threadTimes(pid, startTicks)));
    let ranMs = 0;
    let waitedMs = 0;
    for (const [thread, times] of seen) {
      const before = threads.get(thread) ?? { ranMs: 0, waitedMs: 0 };
      ranMs += Math.max(0, times.ranMs - before.ranMs);
      waitedMs += Math.max(0, times.waitedMs - before.waitedMs);
    }
    const othersMs = busyNowMs - busyMs - ranMs;
    lostMs += lostIn({ elapsedMs: now - lookedAt, ranMs, waitedMs, othersMs, processors });
    [threads, lookedAt, busyMs] = [seen, now, busyNowMs];
    return lostMs;
  };
}

interface ThreadTimes {
  readonly ranMs: number;
  readonly waitedMs: number;
}

/** Nothing where the kernel does not count waits; then no time is lost. */
function threadTimes(pid: number, startTicks: number): [string, ThreadTimes][] {
  let threads: string[] = [];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.map((thread) => {
    const [ranNs = 0, waitedNs = 0] = (readProc(pid, `task/${thread}/schedstat`) ?? "")
      .split(" ")
      .map(Number);
    return [`${startTicks} ${thread}`, { ranMs: ranNs / 1e6, waitedMs: waitedNs / 1e6 }];
  });
}

/** Processor time of the whole machine: all but the idle states; time of guests is part of the first two. */
function machineBusyMs(): number {
  const [, ...ticks] = (readFileSync("/proc/stat", "latin1").split("\n")[0] ?? "").split(/ +/).map(Number);
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0, stolen = 0] = ticks;
  return (user + nice + system + interrupts + softInterrupts + stolen) * TICK_MS;
}
