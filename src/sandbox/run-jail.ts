import type { Duplex, Readable } from "node:stream";
import { FrostlineFault } from "../contract/index.js";
import { collect } from "./collect.js";
import { type FollowedRun, followRun, START_LIMIT_MS } from "./follow-run.js";
import { howItEnded } from "./how-it-ended.js";
import { GATE_DESCRIPTOR, STATUS_DESCRIPTOR } from "./jail-arguments.js";
import { GO } from "./jail-commands.js";
import { readStatus } from "./jail-status.js";
import type { JailResult } from "./job.js";
import { killGroup, killJail } from "./kill-jail.js";
import { type JailPlan, startJail } from "./start-jail.js";
import { watchRun } from "./watch.js";

// After a kill the kernel needs a moment to take all processes down.
const KILL_GRACE_MS = 2000;
const STATUS_BYTES = 4096;
const QUOTED_CHARACTERS = 300;

/**
 * Starts a jail, holds it to its limits, and waits for its end.
 * @param onLost told of the time that the program lost to others
 * @throws FrostlineFault `sandbox-failed` when the program was not started, `machine-busy` when it got too little of the
 *   processors to be judged
 */
export async function runJail(plan: JailPlan, onLost: (lostMs: number) => void): Promise<JailResult> {
  const { limits, signal } = plan.job;
  const child = startJail(plan);
  const streams: readonly unknown[] = child.stdio;
  const gate = streams[GATE_DESCRIPTOR] as Duplex;
  const statusStream = streams[STATUS_DESCRIPTOR] as Readable;
  const status = collect(statusStream, STATUS_BYTES, () => {});
  const arrival = collect(gate, 1, () => {});
  const onStart = (started: (pid: number) => void): void => {
    const look = (): void => {
      const { initPid } = readStatus(status.text());
      if (initPid === null || arrival.text() === "") return;
      for (const stream of [gate, statusStream]) stream.off("data", look);
      started(initPid);
      gate.end(GO);
    };
    for (const stream of [gate, statusStream]) stream.on("data", look);
  };
  let lastResort: NodeJS.Timeout | undefined;
  const endAll = (initPid: number | null): void => {
    lastResort ??= setTimeout(() => killGroup(child.pid), KILL_GRACE_MS);
    if (initPid === null) gate.destroy();
    // Killing the shell is the weaker way: it ends the jail only through the signals its processes asked for.
    else if (!(plan.layers.killByInit && killJail(initPid, child.pid))) child.kill("SIGKILL");
  };

  const control = { onStart, endAll, watch: watchRun(limits, { ownNamespaces: true, onLost }) };
  const run = await followRun(child, control, limits, signal).finally(() => clearTimeout(lastResort));

  const { exitCode, cpuMs: countedMs } = readStatus(status.text());
  const ranToItsEnd = run.started && exitCode !== null;
  if (run.killed === "start-limit" || (run.killed === null && !ranToItsEnd))
    throw new FrostlineFault("sandbox-failed", { reason: whyNotStarted(run) });
  const cpuMs = Math.max(run.usage.cpuMs, countedMs ?? 0);
  return {
    ...howItEnded(run.killed, exitCode ?? 0, cpuMs, limits),
    wallMs: run.wallMs,
    lostMs: run.usage.lostMs,
    cpuMs,
    peakMemoryMb: run.usage.peakMemoryMb,
    stdout: run.stdout.text(),
    stderr: run.stderr.text(),
    result: run.result.bytes(),
  };
}

function whyNotStarted({ killed, stderr }: FollowedRun): string {
  if (killed === "start-limit") return `the jail did not start within ${START_LIMIT_MS / 1000} seconds`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a terminal.
  const said = stderr.text().replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  return said.trim().slice(0, QUOTED_CHARACTERS) || "it ended without a word";
}
