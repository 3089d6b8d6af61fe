import { readFileSync } from "node:fs";
import path from "node:path";
import { drive } from "./host/drive.js";
import { createFrameWriter, type FrameWriter } from "./host/frame-writer.js";
import { createHostCalls } from "./host/host-calls.js";
import { loadIsolatedVm } from "./host/isolated-vm.js";
import type { Kernels } from "./host/kernels.js";
import { openIsolate } from "./host/open-isolate.js";
import { type ProgramClock, startProgramClock } from "./host/program-clock.js";
import { type EngineJob, hardSeconds, heapMb } from "./job.js";

/** The descriptor of the result pipe. */
const RESULT = 6;
const ISOLATED_VM = "/native/isolated_vm.node";

/**
 * Runs the job whose file is the first argument: events and files go out on descriptor 6. Ends the process.
 * @param loadKernels opens what the program's ops run on
 */
export async function runEngine(loadKernels: (job: EngineJob) => Kernels | Promise<Kernels>): Promise<never> {
  const jobFile = process.argv[2];
  if (jobFile === undefined) throw new Error("The first argument must be the path of a job file.");
  const job = JSON.parse(readFileSync(jobFile, "utf8")) as EngineJob;
  const clock = startProgramClock(job);
  const writer = createFrameWriter(RESULT, job.limits);
  try {
    run(job, await loadKernels(job), writer, clock);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const place = { file: null, line: null, column: null, stack: [] };
    writer.emit({ ev: "error", phase: "engine", name, message: message.slice(0, 4000), ...place });
  }
  process.exit(0);
}

function run(job: EngineJob, kernels: Kernels, writer: FrameWriter, clock: ProgramClock): void {
  const startedMs = performance.now();
  const { limits, seed, entry, bases } = job;
  const { backend } = kernels;
  const vm = loadIsolatedVm(process.env["FROSTLINE_ISOLATED_VM"] ?? ISOLATED_VM);
  const host = createHostCalls(job, kernels, writer, clock);
  writer.emit({ ev: "start", tfjs: "4.22.0", backend, node: process.versions.node, seed });
  const program = openIsolate(
    vm,
    path.join(import.meta.dirname, "tfjs-isolate.js"),
    host,
    {
      backend,
      entry,
      seed,
      bases,
      maxEpochs: limits.maxEpochs,
      maxSteps: limits.maxSteps,
      maxSamples: limits.maxSamples,
      onlyTry: limits.onlyTry ?? false,
      outputBytes: limits.outputBytes,
    },
    heapMb(limits),
  );
  drive(program, host, () => clock.endOf(hardSeconds(limits)));
  writer.emit({
    ev: "done",
    seconds: (performance.now() - startedMs) / 1000,
    skippedSeconds: Math.min(clock.skippedMs() / 1000, hardSeconds(limits)),
    ops: host.bridge.ops,
    peakTensorBytes: host.bridge.table.peakBytes(),
    predictions: program.isolate.isDisposed ? 0 : Number(program.calls.predictions.applySync(undefined, [])),
    droppedEvents: writer.dropped,
  });
}
