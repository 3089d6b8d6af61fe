import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent, EventName, EventOf } from "../../../../src/kinds/tfjs/engine/events.js";
import { type Frames, readFrames } from "../../../../src/kinds/tfjs/engine/frames.js";
import type { EngineBase, EngineJob } from "../../../../src/kinds/tfjs/engine/job.js";
import { engineFlags } from "../../../../src/kinds/tfjs/engine-flags.js";
import { readNativeParts } from "../../../../src/sandbox/native-parts.js";

const root = path.join(import.meta.dirname, "..", "..", "..", "..");

/** What one run of the engine gave. */
export interface EngineRun extends Frames {
  code: number | null;
  signal: NodeJS.Signals | null;
  wallMs: number;
  bytes: Buffer;
}

export interface EngineRunOptions {
  /** A program of the `programs` folder, or the texts of files by name with `main.js` or `main.ts` as the first. */
  program: string | Readonly<Record<string, string>>;
  data?: string;
  bases?: readonly EngineBase[];
  limits?: Partial<EngineJob["limits"]>;
  seed?: number;
  backend?: "tensorflow" | "wasm";
}

/** Why the engine cannot run here, or undefined. */
export function engineMissing(backend: "tensorflow" | "wasm" = "tensorflow"): string | undefined {
  const parts = readNativeParts(root);
  if (parts?.isolatedVm == null) return "isolated-vm is not built: run `npm run setup`";
  return backend === "tensorflow" && parts.tensorflow === null
    ? "TensorFlow is not there: run `npm run setup`"
    : undefined;
}

/** Runs a program in the engine as a child process, without the jail. */
export async function runEngine(options: EngineRunOptions): Promise<EngineRun> {
  const folder = mkdtempSync(path.join(tmpdir(), "frostline-engine-"));
  try {
    const { submission, entry } = stage(folder, options.program);
    const job: EngineJob = {
      submission,
      entry,
      ...(options.data === undefined ? {} : { data: options.data }),
      bases: [...(options.bases ?? [])],
      limits: { seconds: 30, memoryMb: 1024, consoleBytes: 65_536, outputBytes: 2 ** 27, ...options.limits },
      seed: options.seed ?? 7,
    };
    const jobFile = path.join(folder, "job.json");
    writeFileSync(jobFile, JSON.stringify(job));
    return await follow(jobFile, options.backend ?? "tensorflow");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All events of a name. */
export function eventsOf<N extends EventName>(run: Frames, name: N): EventOf<N>[] {
  return run.events.filter((event: EngineEvent): event is EventOf<N> => event.ev === name);
}

/** What the program printed, a line each. */
export function printed(run: Frames): string[] {
  return eventsOf(run, "console").map((event) => event.text);
}

/** The one event of a name. @throws where there is none, or more than one */
export function only<N extends EventName>(run: Frames, name: N): EventOf<N> {
  const [first, ...rest] = eventsOf(run, name);
  if (first === undefined || rest.length > 0)
    throw new Error(
      `${rest.length + (first ? 1 : 0)} events "${name}": ${JSON.stringify(eventsOf(run, "error"))}`,
    );
  return first;
}

/** A file that the run handed back, as JSON. */
export function modelJson(run: Frames, role: "model" | "base" | "head"): Record<string, unknown> {
  const file = run.files.find((one) => one.role === role && one.path === "model.json");
  if (file === undefined)
    throw new Error(`No model.json of ${role}: ${JSON.stringify(eventsOf(run, "error"))}`);
  return JSON.parse(file.bytes.toString("utf8")) as Record<string, unknown>;
}

function stage(folder: string, program: EngineRunOptions["program"]): { submission: string; entry: string } {
  if (typeof program === "string") {
    const programs = path.join(import.meta.dirname, "programs");
    if (existsSync(path.join(programs, program, "main.js")))
      return { submission: path.join(programs, program), entry: "main.js" };
    return { submission: programs, entry: program };
  }
  const submission = path.join(folder, "submission");
  for (const [name, text] of Object.entries(program)) {
    mkdirSync(path.dirname(path.join(submission, name)), { recursive: true });
    writeFileSync(path.join(submission, name), text);
  }
  return { submission, entry: Object.keys(program)[0] ?? "main.js" };
}

function follow(jobFile: string, backend: "tensorflow" | "wasm"): Promise<EngineRun> {
  const parts = readNativeParts(root);
  const env: Record<string, string> = { FROSTLINE_ISOLATED_VM: parts?.isolatedVm ?? "" };
  if (backend === "tensorflow") env["FROSTLINE_TF_ADDON"] = parts?.tensorflow?.addon ?? "";
  const bundle = backend === "tensorflow" ? "tfjs-run.mjs" : "tfjs-run-wasm.mjs";
  const engine = path.join(root, "dist", "engine", bundle);
  const started = performance.now();
  const child = spawn(process.execPath, [...engineFlags(backend), engine, jobFile], {
    env,
    stdio: ["ignore", "ignore", "ignore", "ignore", "ignore", "ignore", "pipe"],
  });
  const chunks: Buffer[] = [];
  // Node's types stop at the fifth descriptor.
  const result = (child.stdio as readonly unknown[])[6] as NodeJS.ReadableStream;
  result.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const bytes = Buffer.concat(chunks);
      resolve({ ...readFrames(bytes), code, signal, wallMs: performance.now() - started, bytes });
    });
  });
}

/** A base's folder made from files of a run: what a program saved as a model of its own. */
export function baseFolder(run: Frames, address: string): EngineBase & { remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "frostline-base-"));
  for (const { path: name, bytes } of run.files) writeFileSync(path.join(folder, name), bytes);
  if (readdirSync(folder).length === 0) throw new Error("The run handed back no model.");
  readFileSync(path.join(folder, "model.json"));
  return { addresses: [address], folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
