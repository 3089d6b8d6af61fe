import { type EngineLimits, hardSeconds } from "../job.js";
import type { HostSide } from "./host-calls.js";
import type { IsolatedProgram } from "./open-isolate.js";

/** Time for writing the models, after the program's own time. */
const CONCLUSION_MS = 60_000;

/**
 * isolated-vm keeps the timer of every call until it is due, and recurses over those that are due together. Timeouts
 * in steps of this length spread them, where timeouts up to the deadline would all be due at once.
 */
const TIMEOUT_STEP_MS = 250;
/** After so many calls each waits a moment, as Node's own timers do, so that those timers do not fill the memory. */
const FAST_CALLS = 50_000;
const MOMENT_MS = 1;

type Outcome = "idle" | "ended" | "memory";

/**
 * Drives a program to its end: its first file, its timers one by one, a `main` it exports, then the models.
 * Everything that the program does runs under the isolate's time limit, and nothing but text and numbers comes out.
 */
export function drive(
  program: IsolatedProgram,
  host: HostSide,
  limits: EngineLimits,
  startedMs: number,
): void {
  const deadlineMs = startedMs + hardSeconds(limits) * 1000;
  const outcome = runProgram(program, host, deadlineMs);
  if (outcome === "memory") return;
  const conclusion = performance.now() + CONCLUSION_MS;
  if (call(program, host, "conclude", conclusion) === FAILED) return;
  settle(program, host, conclusion, () => call(program, host, "conclusionDone", conclusion) === true);
}

const MOMENT = new Int32Array(new SharedArrayBuffer(4));
const FAILED = Symbol("failed");

function runProgram(program: IsolatedProgram, host: HostSide, deadlineMs: number): Outcome {
  call(program, host, "begin", deadlineMs);
  const first = settle(program, host, deadlineMs, () => false);
  if (first !== "idle" || call(program, host, "reportStuck", deadlineMs) === true) return first;
  if (call(program, host, "callExportedMain", deadlineMs) !== true) return first;
  const second = settle(program, host, deadlineMs, () => false);
  call(program, host, "reportStuck", deadlineMs);
  return second;
}

/** Steps until nothing is left to do, `done` says so, or the program is over. */
function settle(program: IsolatedProgram, host: HostSide, deadlineMs: number, done: () => boolean): Outcome {
  for (let calls = 0; ; calls++) {
    if (calls > FAST_CALLS) Atomics.wait(MOMENT, 0, 0, MOMENT_MS);
    if (program.isolate.isDisposed) return "memory";
    if (done()) return "ended";
    // Steps shorter than the least timeout would never be cut off by it.
    if (performance.now() >= deadlineMs) {
      reportThrown(program, host, null, true);
      return "ended";
    }
    const state = call(program, host, "step", deadlineMs);
    if (state === "idle") return "idle";
    if (state !== "waiting") return program.isolate.isDisposed ? "memory" : "ended";
  }
}

/** Calls into the isolate; what is thrown there is reported, never looked into. */
function call(
  program: IsolatedProgram,
  host: HostSide,
  name: keyof IsolatedProgram["calls"],
  deadlineMs: number,
): unknown {
  const leftMs = Math.max(1, deadlineMs - performance.now());
  const timeout = Math.ceil(leftMs / TIMEOUT_STEP_MS) * TIMEOUT_STEP_MS;
  try {
    return program.calls[name].applySync(undefined, [], { timeout });
  } catch (thrown) {
    reportThrown(program, host, thrown, performance.now() >= deadlineMs);
    return FAILED;
  }
}

function reportThrown(program: IsolatedProgram, host: HostSide, thrown: unknown, late: boolean): void {
  if (program.isolate.isDisposed) {
    host.fail("memory", "Error", "The program took more memory than it may.", "");
    return;
  }
  // The thrown value is a copy that isolated-vm made; its fields are plain text.
  const { name, message, stack = "" } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const error = late
    ? ["seconds", "Error", "The program did not come to its end in time.", ""]
    : ["unhandled-rejection", name, message.slice(0, 4000), stack.slice(0, 20_000)];
  try {
    program.calls.fail.applySync(undefined, error, { timeout: 1000 });
  } catch {
    host.fail("run", name, message, stack);
  }
}
