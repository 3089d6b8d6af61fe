import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
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

/** Holds a started run to its limits and waits for its end. */
export async function followRun(
  child: StartedProcess,
  control: RunControl,
  limits: JailLimits,
  signal: AbortSignal | undefined,
): Promise<FollowedRun> {
  let killed: FollowedRun["killed"] = null;
  let startedAt = performance.now();
  let running: { pid: number; watch: Watch } | null = null;
  const kill = (why: JailEnd | "start-limit"): void => {
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
    running = { pid, watch: control.watch(pid, kill) };
    timer = setTimeout(() => kill("time-limit"), limits.wallMs);
  });
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel();

  await child;
  const wallMs = performance.now() - startedAt;
  clearTimeout(timer);
  signal?.removeEventListener("abort", cancel);
  const usage = stopWatch(running);
  return { started: running !== null, killed, wallMs, usage, stdout, stderr, result };
}

function stopWatch(running: { watch: Watch } | null): Usage {
  running?.watch.stop();
  return running?.watch.usage ?? { cpuMs: 0, peakMemoryMb: 0 };
}
