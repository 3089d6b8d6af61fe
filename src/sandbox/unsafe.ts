import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { execa } from "execa";
import { FrostlineFault } from "../contract/index.js";
import { followRun } from "./follow-run.js";
import { howItEnded, SIGNAL_BASE } from "./how-it-ended.js";
import { type JailJob, type JailLimits, type JailResult, RESULT_DESCRIPTOR, type Sandbox } from "./job.js";
import { limitLine } from "./kernel-limits.js";
import { killGroup, killQuietly } from "./kill-jail.js";
import { sampleTree } from "./process-tree.js";
import { type StagedJob, stageJob } from "./stage-job.js";
import { argumentFiles, pathTranslator, type Translate } from "./translate-paths.js";
import { watchRun } from "./watch.js";

// Processes that left the group keep the pipes open for ever; nobody waits for them longer than this.
const STRAGGLER_MS = 300;

/**
 * The sandbox that is none: the program runs as an ordinary process of this user, with its time, output, and where
 * the system allows it its memory watched. Every result must be stamped.
 */
export function unsafeSandbox(): Sandbox {
  return {
    id: "none",
    run: runUnconfined,
    probe: async () => ({ works: true, notes: ["programs run without any isolation"] }),
  };
}

async function runUnconfined(job: JailJob): Promise<JailResult> {
  const staged = await stageJob(job, null);
  try {
    for (const name of ["work", "tmp"]) await mkdir(path.join(staged.folder, name), { recursive: true });
    for (const { source, target } of job.binds.toSorted((a, b) => a.target.length - b.target.length)) {
      const link = path.join(staged.folder, target);
      await mkdir(path.dirname(link), { recursive: true });
      await symlink(source, link);
    }
    const translate = pathTranslator(job, staged.folder);
    for (const { target, bytes } of argumentFiles(job)) {
      const file = path.join(staged.folder, target);
      await chmod(file, 0o600);
      await writeFile(file, translate(Buffer.from(bytes).toString("utf8")));
    }
    return await startAndFollow(job, staged, translate);
  } finally {
    await staged.remove();
  }
}

async function startAndFollow(
  job: JailJob,
  { folder, tellLost }: StagedJob,
  translate: Translate,
): Promise<JailResult> {
  const { limits, signal } = job;
  const { child, pid } = await startUnconfined(job, folder, translate);
  const streams: readonly unknown[] = child.stdio;
  const endAll = (): void => {
    for (const found of process.platform === "linux" ? sampleTree(pid) : []) killQuietly(found.pid);
    if (process.platform === "win32") killQuietly(pid);
    else killGroup(pid);
  };
  child.once("exit", () => {
    endAll();
    setTimeout(() => {
      for (const output of [1, 2, RESULT_DESCRIPTOR]) (streams[output] as Readable).destroy();
    }, STRAGGLER_MS);
  });
  const onStart = (started: (pid: number) => void): void => started(pid);
  const watch = watchRun(limits, { ownNamespaces: false, onLost: tellLost });
  const run = await followRun(child, { onStart, endAll, watch }, limits, signal);
  const { exitCode, signal: diedOf } = await child;
  const code = exitCode ?? SIGNAL_BASE + (diedOf === undefined ? 0 : constants.signals[diedOf]);
  const killed = run.killed === "start-limit" ? null : run.killed;
  return {
    ...howItEnded(killed, code, run.usage.cpuMs, limits),
    wallMs: run.wallMs,
    lostMs: run.usage.lostMs,
    cpuMs: run.usage.cpuMs,
    peakMemoryMb: run.usage.peakMemoryMb,
    stdout: run.stdout.text(),
    stderr: run.stderr.text(),
    result: run.result.bytes(),
  };
}

async function startUnconfined(job: JailJob, root: string, translate: Translate) {
  const [file = "", ...args] = limitWherePossible(job.limits, job.command.map(translate));
  const given = Object.entries(job.env ?? {}).map(([name, value]) => [name, translate(value)]);
  const child = execa(file, args, {
    cwd: path.join(root, "work"),
    env: { ...systemVariables(root), ...Object.fromEntries(given) },
    extendEnv: false,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe", "ignore", "ignore", "ignore", "pipe"],
    buffer: false,
    reject: false,
  });
  const { pid } = child;
  if (pid !== undefined) return { child, pid };
  const { message } = await child;
  throw new FrostlineFault("sandbox-failed", { reason: message ?? "the program could not be started" });
}

/** The user's number of processes is not limited, because those that have nothing to do with the run count too. */
function limitWherePossible(limits: JailLimits, command: readonly string[]): readonly string[] {
  if (process.platform !== "linux") return command;
  const line = limitLine({ ...limits, processes: Number.POSITIVE_INFINITY });
  return ["/bin/bash", "-c", `${line}; exec "$@"`, "unconfined", ...command];
}

function systemVariables(root: string): Record<string, string> {
  const { PATH = "/usr/bin:/bin", SystemRoot } = process.env;
  return {
    PATH,
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    HOME: path.join(root, "work"),
    TMPDIR: path.join(root, "tmp"),
    LC_ALL: "C.UTF-8",
  };
}
