import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { FrostlineFault } from "../contract/index.js";
import type { JailBind, JailFile, JailLimits, JailResult, Sandbox } from "./job.js";
import { type NativePart, nativeParts } from "./native-parts.js";

export interface NodeProgramRun {
  /** The project's own folder, which holds `dist/engine` and `.cache/native`. */
  readonly root: string;
  /** One of our bundles, by its name without `.mjs` in `dist/engine`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly binds?: readonly JailBind[];
  readonly files?: readonly JailFile[];
  readonly env?: Readonly<Record<string, string>>;
  readonly limits: JailLimits;
  readonly lostTime?: string;
  readonly native?: readonly NativePart[];
  /** Flags of Node; by default those of `nodeFlags({})`. */
  readonly flags?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface NodeFlagOptions {
  readonly heapMb?: number;
  /** Size of the young generation at its start and at most; large ones help programs that make much short-lived data. */
  readonly semiSpaceMb?: readonly [min: number, max: number];
  /** Whether the program needs WebAssembly. */
  readonly wasm?: boolean;
  /** Whether the program starts isolates, which cannot be made from Node's snapshot; starting without it takes 30 ms more. */
  readonly isolates?: boolean;
}

const [NODE_MAJOR = 0] = process.versions.node.split(".").map(Number);

/**
 * Flags that keep WebAssembly from a program, whose memory no limit of an isolate counts. Node 24 can no longer take
 * it away; there it gets a memory of one page (64 kB).
 */
export const WITHOUT_WASM: readonly string[] =
  NODE_MAJOR < 24 ? ["--no-expose-wasm"] : ["--wasm-max-mem-pages=1"];

/** Flags of Node for a program that holds student code or files. */
export function nodeFlags({
  heapMb = 1024,
  semiSpaceMb,
  wasm = false,
  isolates = true,
}: NodeFlagOptions): string[] {
  return [
    ...(isolates ? ["--no-node-snapshot"] : []),
    ...(wasm ? [] : WITHOUT_WASM),
    `--max-old-space-size=${heapMb}`,
    ...(semiSpaceMb
      ? [`--min-semi-space-size=${semiSpaceMb[0]}`, `--max-semi-space-size=${semiSpaceMb[1]}`]
      : []),
  ];
}

// TensorFlow writes these while it is loaded, before it looks at its log level.
const TENSORFLOW_LOG_LINES = /^(?:WARNING: All log messages before absl|[IWE]\d{4} \d\d:\d\d:).*\n/gm;

/**
 * Runs one of our own bundles in a sandbox, with this process's Node.
 * @throws FrostlineFault `native-missing` when the set-up did not make the bundle or a native part
 */
export async function runNodeProgram(sandbox: Sandbox, run: NodeProgramRun): Promise<JailResult> {
  const engine = path.join(run.root, "dist", "engine");
  const bundle = `${run.program}.mjs`;
  if (!existsSync(path.join(engine, bundle)))
    throw new FrostlineFault("native-missing", {
      part: `The program ${run.program}`,
      reason: `dist/engine/${bundle} was not built`,
    });
  const native = nativeParts(run.root, run.native ?? []);
  const result = await sandbox.run({
    command: ["/engine/node", ...(run.flags ?? nodeFlags({})), `/engine/js/${bundle}`, ...run.args],
    binds: [
      { source: realpathSync(process.execPath), target: "/engine/node" },
      { source: engine, target: "/engine/js" },
      ...native.binds,
      ...(run.binds ?? []),
    ],
    files: run.files ?? [],
    env: { ...native.env, ...run.env },
    limits: run.limits,
    ...(run.lostTime === undefined ? {} : { lostTime: run.lostTime }),
    ...(run.signal ? { signal: run.signal } : {}),
  });
  return { ...result, stderr: result.stderr.replace(TENSORFLOW_LOG_LINES, "") };
}
