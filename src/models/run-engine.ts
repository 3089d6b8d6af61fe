import { type Fault, fault } from "../contract/index.js";
import { type JailLimits, nodeFlags, runNodeProgram, type Sandbox } from "../sandbox/index.js";
import { decodeFrame, type Frame } from "./engine-frame.js";
import type { ModelProblemCode } from "./model-problem.js";
import { JOB_FOLDER, type StagedFile } from "./staged-models.js";

/** Where programs run, and the project's own folder, which holds the engine bundles and native parts. */
export interface JailContext {
  readonly sandbox: Sandbox;
  readonly root: string;
}

export interface EngineRun {
  readonly engine: "read-model" | "predict" | "picture-prints";
  readonly job: unknown;
  readonly files: readonly StagedFile[];
  readonly limits: JailLimits;
  /** WebAssembly and the native backend, which only predicting needs. */
  readonly backends: boolean;
  /** The fault for a model that needs more than the limits; `why` completes a sentence. */
  readonly overLimit: (why: string) => Fault;
  readonly signal?: AbortSignal;
}

const PROBLEMS: ReadonlySet<string> = new Set<ModelProblemCode>([
  "model-unreadable",
  "model-too-large",
  "model-format",
  "model-layer",
  "model-input",
  "prediction-failed",
]);

/**
 * Runs an engine on a job in a jail.
 * @returns what it answered, or the fault that it or its end stands for
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export async function runEngine({ sandbox, root }: JailContext, run: EngineRun): Promise<Frame | Fault> {
  const { limits, signal } = run;
  const jobFile = {
    target: `${JOB_FOLDER}/job.json`,
    bytes: new TextEncoder().encode(JSON.stringify(run.job)),
  };
  const result = await runNodeProgram(sandbox, {
    root,
    program: run.engine,
    args: [JOB_FOLDER],
    files: [jobFile, ...run.files],
    limits,
    flags: nodeFlags({ heapMb: limits.memoryMb, wasm: run.backends, isolates: false }),
    ...(run.backends ? { native: ["tensorflow"] as const } : {}),
    ...(signal ? { signal } : {}),
  });
  switch (result.ended) {
    case "exited":
      break;
    case "memory-limit":
      return run.overLimit(`it needs more than ${limits.memoryMb} MB of memory`);
    case "cpu-limit":
      return run.overLimit(`it needs more than ${limits.cpuSeconds} seconds`);
    case "result-limit":
      return run.overLimit(`it says more than ${limits.resultBytes} bytes`);
    case "cancelled":
      return fault("cancelled");
    case "time-limit":
      return fault("sandbox-failed", {
        reason: `${run.engine} was still waiting after ${limits.wallMs / 1000} seconds`,
      });
    default:
      return fault("sandbox-failed", { reason: `${run.engine} ended with ${result.signal ?? result.ended}` });
  }
  const frame = decodeFrame(result.result);
  if (!frame)
    return fault("internal", { message: `${run.engine} gave no answer: ${result.stderr.slice(-500)}` });
  return problemOf(frame.header) ?? frame;
}

/** The jail may have been taken over by what it read, so its refusal is only believed as one of the known faults. */
function problemOf(header: unknown): Fault | null {
  const problem = (header as { problem?: { code?: unknown; params?: Record<string, unknown> } } | null)
    ?.problem;
  if (!problem) return null;
  const params = Object.fromEntries(
    Object.entries(problem.params ?? {}).map(([name, value]): [string, string | number] => [
      name,
      typeof value === "number" ? value : String(value).slice(0, 2000),
    ]),
  );
  const code = String(problem.code);
  return PROBLEMS.has(code) ? fault(code as ModelProblemCode, params) : fault("internal", params);
}
