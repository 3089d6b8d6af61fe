import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
import { FrostlineFault } from "../contract/index.js";
import { type Collected, collect } from "./collect.js";
import { type JailEnd, type JailLimits, RESULT_DESCRIPTOR } from "./job.js";
import type { Usage, Watch } from "./watch.js";

/** A started process, as execa gives it. */
export interface StartedProcess extends PromiseLike<unknown> {
  readonly pid?: number | undefined;
  readonly stdio: readonly unknown[];
  kill(signal: "SIGKILL"): boolean;
}

/** How one sandbox starts, watches and ends its runs. */
export interface RunControl {
  /** Calls back once, with its process, when the program itself is about to run. */
  onStart(started: (pid: number) => void): void;
  watch(pid: number, onBreach: (end: JailEnd) => void): Watch;
  /** Ends every process of the run; `pid` is null when the program does not run yet. */
  endAll(pid: number | null): void;
}

export interface FollowedRun {
  readonly started: boolean;
  /** Why it was killed; null when it ended by itself. */
  readonly killed: JailEnd | "start-limit" | null;
  readonly wallMs: number;
  readonly usage: Usage;
  readonly stdout: Collected;
  readonly stderr: Collected;
  readonly result: Collected;
}

// A jail starts in some 20 ms; a machine this slow to start one is broken, and the program is not to blame.
export const START_LIMIT_MS = 30_000;

/** Time lost puts the limit off, but not for ever: after so many times its time a run is given up. */
export const PATIENCE = 4;
const NEARLY_NOTHING_MS = 100;
const NEXT_CHECK_MS = 500;

/**
 * Holds a started run to its limits and waits for its end.
 * @throws FrostlineFault `machine-busy` when others took nearly all of the processors until patience ended
 */
export async function followRun(
  child: StartedProcess,
  control: RunControl,
  limits: JailLimits,
  signal: AbortSignal | undefined,
): Promise<FollowedRun> {
  let killed: FollowedRun["killed"] | "starved" = null;
  let startedAt = performance.now();
  let running: Running | null = null;
  const kill = (why: FollowedRun["killed"] | "starved"): void => {
    if (killed !== null) return;
    killed = why;
    control.endAll(running?.pid ?? null);
  };
  const cancel = (): void => kill("cancelled");
  const gather = (descriptor: number, limitBytes: number, why: JailEnd): Collected =>
    collect(child.stdio[descriptor] as Readable, limitBytes, () => kill(why));

  const stdout = gather(1, limits.outputBytes, "output-limit");
  const stderr = gather(2, limits.outputBytes, "output-limit");
  const result = gather(RESULT_DESCRIPTOR, limits.resultBytes, "result-limit");
  let timer = setTimeout(() => kill("start-limit"), START_LIMIT_MS);
  control.onStart((pid) => {
    // Cancelled while it was set up.
    if (killed !== null) return control.endAll(pid);
    clearTimeout(timer);
    startedAt = performance.now();
    const watch = control.watch(pid, kill);
    running = { pid, watch };
    const checkTime = (): void => {
      watch.look();
      const wallMs = performance.now() - startedAt;
      const leftMs = limits.wallMs + watch.usage.lostMs - wallMs;
      if (leftMs < NEARLY_NOTHING_MS) kill("time-limit");
      else if (wallMs >= limits.wallMs * PATIENCE) kill("starved");
      else timer = setTimeout(checkTime, Math.max(leftMs, NEXT_CHECK_MS));
    };
    timer = setTimeout(checkTime, limits.wallMs);
  });
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel();

  await child;
  const wallMs = performance.now() - startedAt;
  clearTimeout(timer);
  signal?.removeEventListener("abort", cancel);
  const usage = stopWatch(running);
  if (killed === "starved") throw machineBusy(wallMs, usage, limits);
  return { started: running !== null, killed, wallMs, usage, stdout, stderr, result };
}

interface Running {
  readonly pid: number;
  readonly watch: Watch;
}

function machineBusy(wallMs: number, { lostMs }: Usage, limits: JailLimits): FrostlineFault {
  const seconds = (ms: number): number => Math.round(ms / 1000);
  return new FrostlineFault("machine-busy", {
    had: seconds(wallMs - lostMs),
    limit: seconds(limits.wallMs),
    wall: seconds(wallMs),
  });
}

function stopWatch(running: Running | null): Usage {
  running?.watch.stop();
  return running?.watch.usage ?? { cpuMs: 0, lostMs: 0, peakMemoryMb: 0 };
}
