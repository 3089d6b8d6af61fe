import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JailResult, openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { newMark, type ProgramRun, runProgram, survivors } from "./run-program.js";

const CANARIES = {
  environment: `canary-${newMark()}`,
  file: `canary-${newMark()}`,
  neighbour: `canary-${newMark()}`,
};
const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
const secret = path.join(folder, "secret.txt");
const stagingRoot = path.join(tmpdir(), `frostline-${process.getuid?.()}`);

interface Case extends ProgramRun {
  program: string;
  does: string;
  ended: JailResult["ended"];
  check?: (result: JailResult) => void;
}

const lines = (result: JailResult): string[] => result.stdout.trim().split("\n");

const CASES: Case[] = [
  {
    program: "forever.py",
    does: "is ended by the clock, for sleeping loses no time",
    limits: { wallMs: 1000 },
    ended: "time-limit",
    check: ({ wallMs, lostMs }) => expect(lostMs).toBeLessThan(wallMs / 2),
  },
  {
    program: "forge-lost-time.py",
    does: "cannot put off its end",
    lostTime: "/job/lost-time",
    limits: { wallMs: 1500 },
    ended: "time-limit",
    check: (result) => {
      expect(lines(result)).toHaveLength(8);
      expect(result.stdout).not.toContain("CHANGED");
    },
  },
  {
    program: "busy-forever.py",
    does: "is ended by the CPU time of all its processes together",
    limits: { wallMs: 10_000, cpuSeconds: 1 },
    ended: "cpu-limit",
    check: ({ cpuMs }) => expect(cpuMs).toBeGreaterThan(1000),
  },
  {
    program: "busy-threads.py",
    does: "is ended by the CPU time of all its threads together",
    limits: { wallMs: 10_000, cpuSeconds: 1 },
    ended: "cpu-limit",
  },
  {
    program: "busy-orphan.py",
    does: "is ended by the CPU time of what was left behind",
    limits: { wallMs: 10_000, cpuSeconds: 1 },
    ended: "cpu-limit",
  },
  {
    program: "fork-bomb.py",
    does: "gets no more processes than allowed",
    limits: { processes: 40 },
    ended: "exited",
    check: ({ stdout }) => expect(stdout).toMatch(/^stopped by error 11\nstarted 39$/m),
  },
  {
    program: "thread-bomb.py",
    does: "gets no more threads than allowed",
    limits: { processes: 40 },
    ended: "exited",
    check: ({ stdout }) => expect(stdout).toMatch(/started 39$/m),
  },
  {
    program: "fill-disk.py",
    does: "fills its scratch folders and nothing else",
    limits: { scratchMb: 16 },
    ended: "exited",
    check: (result) => {
      const full = (name: string) => `${name} 15 MB, then No space left on device`;
      expect(lines(result).map((line) => line.replace(/ 1[4-6] MB/, " 15 MB"))).toEqual([
        full("/work"),
        full("/tmp"),
        full("/dev/shm"),
        "/ 0 MB, then Read-only file system",
        "/dev 0 MB, then Read-only file system",
        "/usr 0 MB, then Read-only file system",
        "/submission 0 MB, then Read-only file system",
        "/var/tmp 0 MB, then No such file or directory",
      ]);
    },
  },
  {
    program: "big-file.py",
    does: "makes no file larger than allowed, not even one with holes",
    ended: "exited",
    check: ({ stdout }) => expect(stdout).toBe("refused: File too large\n"),
  },
  {
    program: "inode-bomb.py",
    does: "is ended for the number of its files",
    limits: { scratchMb: 16, wallMs: 20_000 },
    ended: "memory-limit",
  },
  {
    program: "read-host-files.py",
    does: "sees no file of the host",
    args: [secret, "/etc/shadow", "/etc/passwd"],
    limits: { outputBytes: 1 << 24 },
    ended: "exited",
    check: ({ stdout }) => {
      expect(stdout).not.toMatch(/^READ /m);
      expect(stdout).toContain("['bin', 'dev', 'etc',");
    },
  },
  {
    program: "proc-walk.py",
    does: "sees no process but itself",
    args: [...CANARIES.neighbour].reverse().join("").split(" "),
    ended: "exited",
    limits: { wallMs: 20_000, outputBytes: 1 << 22 },
    check: ({ stdout }) => {
      expect(stdout).not.toContain("FOUND");
      expect(stdout).not.toContain("ANOTHER PROCESS");
      expect(stdout).not.toContain(import.meta.dirname);
    },
  },
  {
    program: "env-secrets.py",
    does: "has only the environment it was given",
    ended: "exited",
    check: ({ stdout }) => expect(stdout).not.toMatch(/NODE|VITEST|npm|--args/),
  },
  {
    program: "pdeathsig-escape.py",
    does: "cannot outlive its kill",
    limits: { wallMs: 700 },
    ended: "time-limit",
    check: ({ stdout }) => expect(stdout).toBe("prctl -1\n"),
  },
  {
    program: "ignore-signals.py",
    does: "is killed all the same",
    limits: { wallMs: 500 },
    ended: "time-limit",
  },
  {
    program: "stop-supervisor.py",
    does: "reaches nobody who watches over it",
    limits: { wallMs: 700 },
    ended: "time-limit",
    check: ({ stdout }) => expect(stdout).not.toContain("SENT"),
  },
  { program: "suspend.py", does: "cannot stop the clock", limits: { wallMs: 500 }, ended: "time-limit" },
  {
    program: "memory-hog.py",
    does: "is ended for its memory",
    limits: { memoryMb: 150 },
    ended: "memory-limit",
    check: ({ peakMemoryMb }) => expect(peakMemoryMb).toBeGreaterThan(150),
  },
  {
    program: "many-small-hogs.py",
    does: "is ended for the memory of its processes together",
    limits: { memoryMb: 150 },
    ended: "memory-limit",
  },
  {
    program: "short-lived-sharers.py",
    does: "is not charged for shared memory of processes that are gone",
    limits: { memoryMb: 150, wallMs: 20_000 },
    ended: "exited",
    check: ({ stdout }) => expect(stdout).toBe("shared 60\n"),
  },
  {
    program: "huge-allocation.py",
    does: "is refused at once what no process may have",
    limits: { dataMb: 512 },
    ended: "exited",
    check: ({ stdout }) => expect(stdout).toBe("MemoryError\n"),
  },
  {
    program: "mmap-shared-hog.py",
    does: "gets no memory that would not be counted",
    ended: "exited",
    check: ({ stdout }) => {
      expect(stdout).not.toContain("TOOK");
      expect(stdout.split("\n")).toHaveLength(5);
    },
  },
  {
    program: "socket-hog.py",
    does: "is ended for memory hidden in sockets",
    limits: { memoryMb: 128, openFiles: 2000 },
    ended: "memory-limit",
    check: ({ stdout }) => expect(stdout).toBe(""),
  },
  {
    program: "output-flood.py",
    does: "is ended for flooding stdout",
    args: ["1"],
    limits: { outputBytes: 10_000 },
    ended: "output-limit",
    check: ({ stdout }) => expect(stdout).toHaveLength(10_000),
  },
  {
    program: "output-flood.py",
    does: "is ended for flooding stderr",
    args: ["2"],
    limits: { outputBytes: 10_000 },
    ended: "output-limit",
    check: ({ stderr }) => expect(stderr).toHaveLength(10_000),
  },
  {
    program: "output-flood.py",
    does: "is ended for flooding its result",
    args: ["6"],
    limits: { resultBytes: 10_000 },
    ended: "result-limit",
    check: ({ result }) => expect(result).toHaveLength(10_000),
  },
  {
    program: "userns-escape.py",
    does: "is refused every call that leads out",
    ended: "exited",
    check: (result) => {
      expect(lines(result)).toHaveLength(23);
      expect(result.stdout).not.toContain("NOT REFUSED");
    },
  },
  {
    program: "double-fork.py",
    does: "takes what it left behind along when it ends",
    ended: "exited",
    check: ({ wallMs, stdout }) => {
      // What was left behind sleeps for six seconds.
      expect(wallMs).toBeLessThan(5000);
      expect(stdout).toBe("parent ends\n");
    },
  },
  {
    program: "tty.py",
    does: "finds no terminal",
    ended: "exited",
    check: ({ stdout }) => expect(stdout).not.toMatch(/OPENED|TYPED|\d terminal/),
  },
  {
    program: "write-to-readonly.py",
    does: "changes nothing",
    ended: "exited",
    check: (result) => {
      expect(lines(result)).toHaveLength(16);
      expect(result.stdout).not.toContain("CHANGED");
    },
  },
  {
    program: "raise-limits.py",
    does: "cannot raise its limits",
    limits: { openFiles: 100 },
    ended: "exited",
    check: ({ stdout }) => {
      expect(stdout).not.toContain("RAISED");
      expect(stdout).toMatch(/^opened 9\d Too many open files$/m);
    },
  },
  {
    program: "crash.py",
    does: "is reported with its signal",
    ended: "crashed",
    check: ({ signal, exitCode }) => expect([signal, exitCode]).toEqual(["SIGSEGV", null]),
  },
  { program: "exit-like-crash.py", does: "is taken at its word", ended: "crashed" },
  {
    program: "late-result.py",
    does: "hands back every byte, and its own exit code",
    ended: "exited",
    check: ({ result, exitCode }) => {
      expect(result.length).toBe(256 * 400 + 8);
      expect(result.subarray(-8).toString()).toBe("childend");
      expect(exitCode).toBe(3);
    },
  },
];

let sandbox: Sandbox;
const neighbourStop = new AbortController();
let neighbour: Promise<JailResult>;
const neighbourFile = { target: "/submission/secret.txt", bytes: Buffer.from(CANARIES.neighbour) };

beforeAll(async () => {
  process.env["FROST_CANARY"] = CANARIES.environment;
  writeFileSync(secret, CANARIES.file, { mode: 0o644 });
  sandbox = await openSandbox({ unsafe: false });
  neighbour = runProgram(sandbox, "forever.py", {
    files: [neighbourFile],
    env: { NEIGHBOUR: CANARIES.neighbour },
    limits: { wallMs: 300_000 },
    signal: neighbourStop.signal,
  });
});

afterAll(async () => {
  delete process.env["FROST_CANARY"];
  neighbourStop.abort();
  expect((await neighbour).ended).toBe("cancelled");
  rmSync(folder, { recursive: true });
});

async function keepsThePromises(
  name: string,
  run: ProgramRun,
  ended: JailResult["ended"],
): Promise<JailResult> {
  const mark = newMark();
  const result = await runProgram(sandbox, name, { ...run, mark });
  const output = result.stdout + result.stderr + result.result.toString("latin1");
  for (const canary of Object.values(CANARIES)) expect(output).not.toContain(canary);
  expect(survivors(mark)).toEqual([]);
  expect(stagedByThisProcess()).toHaveLength(1);
  expect({ ended: result.ended, stderr: result.stderr.slice(0, 300) }).toMatchObject({ ended });
  expect(result.wallMs - result.lostMs).toBeLessThan((run.limits?.wallMs ?? 5000) + 1000);
  const next = await runProgram(sandbox, "honest.py");
  expect(next).toMatchObject({ ended: "exited", exitCode: 0, stdout: "done\n", stderr: "" });
  expect(JSON.parse(next.result.toString())).toEqual({ sum: 42 });
  return result;
}

/** Only the neighbour's folder may be there. */
function stagedByThisProcess(): string[] {
  return readdirSync(stagingRoot).filter((name) => name.startsWith(`${process.pid}-`));
}

describe("a program in the jail", () => {
  it.each(CASES)("$program $does", async ({ program, ended, check, ...run }) => {
    const result = await keepsThePromises(program, run, ended);
    check?.(result);
  });

  it("phone-home.py reaches no network and no socket of the host", async () => {
    let connections = 0;
    const server = createServer(() => connections++).listen(0, "127.0.0.1");
    const local = createServer(() => connections++).listen(`\0${CANARIES.file.slice(7)}`);
    await Promise.all(
      [server, local].map((made) => new Promise((resolve) => made.once("listening", resolve))),
    );
    const { port } = server.address() as { port: number };
    const args = [String(port), CANARIES.file.slice(7)];
    const { stdout } = await keepsThePromises(
      "phone-home.py",
      { args, limits: { wallMs: 10_000 } },
      "exited",
    );
    expect(stdout).not.toMatch(/OPENED|CONNECTED/);
    expect(stdout.match(/^refused:/gm)).toHaveLength(3);
    expect(connections).toBe(0);
    for (const made of [server, local]) made.close();
  });
});
