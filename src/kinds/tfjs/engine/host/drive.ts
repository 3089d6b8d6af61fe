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

/** The moment, on the clock of `performance.now()`, at which the program is cut off; it may move. */
type Deadline = () => number;

type Outcome = "idle" | "ended" | "memory";

/**
 * Drives a program to its end: its first file, its timers one by one, a `main` it exports, then the models.
 * Everything that the program does runs under the isolate's time limit, and nothing but text and numbers comes out.
 */
export function drive(program: IsolatedProgram, host: HostSide, deadline: Deadline): void {
  const outcome = runProgram(program, host, deadline);
  if (outcome === "memory") return;
  const concludedMs = performance.now() + CONCLUSION_MS;
  const conclusion = (): number => concludedMs;
  if (call(program, host, "conclude", conclusion) === FAILED) return;
  settle(program, host, conclusion, () => call(program, host, "conclusionDone", conclusion) === true);
}

const MOMENT = new Int32Array(new SharedArrayBuffer(4));
const FAILED = Symbol("failed");

function runProgram(program: IsolatedProgram, host: HostSide, deadline: Deadline): Outcome {
  call(program, host, "begin", deadline);
  const first = settle(program, host, deadline, () => false);
  if (first !== "idle" || call(program, host, "reportStuck", deadline) === true) return first;
  if (call(program, host, "callExportedMain", deadline) !== true) return first;
  const second = settle(program, host, deadline, () => false);
  call(program, host, "reportStuck", deadline);
  return second;
}

/** Steps until nothing is left to do, `done` says so, or the program is over. */
function settle(program: IsolatedProgram, host: HostSide, deadline: Deadline, done: () => boolean): Outcome {
  for (let calls = 0; ; calls++) {
    if (calls > FAST_CALLS) Atomics.wait(MOMENT, 0, 0, MOMENT_MS);
    if (program.isolate.isDisposed) return "memory";
    if (done()) return "ended";
    // Steps shorter than the least timeout would never be cut off by it.
    if (performance.now() >= deadline()) {
      reportThrown(program, host, null, true);
      return "ended";
    }
    const state = call(program, host, "step", deadline);
    if (state === "idle") return "idle";
    if (state !== "waiting") return program.isolate.isDisposed ? "memory" : "ended";
  }
}

/** Calls into the isolate; what is thrown there is reported, never looked into. */
function call(
  program: IsolatedProgram,
  host: HostSide,
  name: keyof IsolatedProgram["calls"],
  deadline: Deadline,
): unknown {
  const endsMs = deadline();
  const leftMs = Math.max(1, endsMs - performance.now());
  const timeout = Math.ceil(leftMs / TIMEOUT_STEP_MS) * TIMEOUT_STEP_MS;
  try {
    return program.calls[name].applySync(undefined, [], { timeout });
  } catch (thrown) {
    reportThrown(program, host, thrown, performance.now() >= endsMs);
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
