import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type JailJob, type JailResult, jailLimits, type Sandbox } from "../../src/sandbox/index.js";

export interface ProgramRun extends Partial<Omit<JailJob, "command" | "limits">> {
  args?: readonly string[];
  limits?: Parameters<typeof jailLimits>[0];
  /** Marks every process of the run, so that survivors can be found. */
  mark?: string;
}

const PROGRAMS = path.join(import.meta.dirname, "programs");
const NUMBERS = { target: "/submission/numbers.json", bytes: Buffer.from("[2, 3, 37]") };

/** Runs one of the named Python programs in a sandbox. */
export function runProgram(sandbox: Sandbox, name: string, run: ProgramRun = {}): Promise<JailResult> {
  const { args = [], limits = {}, mark = "unmarked", files = [], binds = [], env = {}, ...rest } = run;
  const program = { target: `/program/${name}`, bytes: readFileSync(path.join(PROGRAMS, name)) };
  return sandbox.run({
    command: ["/usr/bin/python3", "-I", "-B", program.target, ...args],
    files: [program, NUMBERS, ...files],
    binds,
    env: { ...env, FROST_MARK: mark },
    limits: jailLimits({ wallMs: 5000, ...limits }),
    ...rest,
  });
}

/** A word that occurs nowhere else. */
export function newMark(): string {
  return randomBytes(12).toString("hex");
}

/** Processes of this machine that carry a mark in their environment. */
export function survivors(mark: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`FROST_MARK=${mark}`);
    } catch {
      return false;
    }
  });
}
