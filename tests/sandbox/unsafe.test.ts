import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { jailLimits, openSandbox } from "../../src/sandbox/index.js";
import { newMark, type ProgramRun, runProgram, survivors } from "./run-program.js";

const sandbox = await openSandbox({ unsafe: true });

async function run(name: string, given: ProgramRun = {}) {
  const mark = newMark();
  const result = await runProgram(sandbox, name, { ...given, mark });
  expect(survivors(mark)).toEqual([]);
  const staged = readdirSync(path.join(tmpdir(), `frostline-${process.getuid?.()}`));
  expect(staged.filter((folder) => folder.startsWith(`${process.pid}-`))).toEqual([]);
  return result;
}

it("names itself none, so that results can be stamped", () => {
  expect(sandbox.id).toBe("none");
});

it("shows a program its files under translated paths", async () => {
  const command = ["/usr/bin/bash", "-c", 'cat "$1" "$2"; echo "$3" >&2; echo " $ROOM" >&6', "x"];
  const result = await sandbox.run({
    command: [...command, "/submission/a b.txt", "/work/c.txt", "--data=/shown"],
    binds: [{ source: import.meta.dirname, target: "/shown" }],
    files: [
      { target: "/submission/a b.txt", bytes: Buffer.from("a") },
      { target: "/work/c.txt", bytes: Buffer.from("c") },
    ],
    env: { ROOM: "x:/submission" },
    limits: jailLimits(),
  });
  expect(result).toMatchObject({ ended: "exited", stdout: "ac" });
  expect(result.stderr).toMatch(/^--data=.*frostline-.*\/shown$/m);
  expect(result.result.toString()).toMatch(/^ x:.*frostline-.*\/submission$/m);
});

it("translates the paths in a description of a job, and in nothing else", async () => {
  const job = { submission: "/submission", address: "https://example.org/submission", entry: "main.ts" };
  const bytes = Buffer.from(JSON.stringify(job));
  const { stdout } = await sandbox.run({
    command: ["/usr/bin/cat", "/job/job.json", "/submission/main.json.txt"],
    binds: [],
    files: [
      { target: "/job/job.json", bytes },
      { target: "/submission/main.json.txt", bytes },
    ],
    limits: jailLimits(),
  });
  expect(stdout).toMatch(
    /^\{"submission":"\/.*frostline-.*\/submission","address":"https:\/\/example.org\/submission"/,
  );
  expect(stdout).toContain(`}${bytes}`);
});

it.each([
  ["forever.py", { limits: { wallMs: 400 } }, "time-limit"],
  ["ignore-signals.py", { limits: { wallMs: 400 } }, "time-limit"],
  ["memory-hog.py", { limits: { memoryMb: 150 } }, "memory-limit"],
  ["many-small-hogs.py", { limits: { memoryMb: 150 } }, "memory-limit"],
  ["busy-forever.py", { limits: { cpuSeconds: 1 } }, "cpu-limit"],
  ["output-flood.py", { args: ["1"], limits: { outputBytes: 1000 } }, "output-limit"],
  ["output-flood.py", { args: ["6"], limits: { resultBytes: 1000 } }, "result-limit"],
  ["crash.py", {}, "crashed"],
] as const)("holds %s to its limits where the system allows it", async (name, given, ended) => {
  expect((await run(name, given)).ended).toBe(ended);
});

it("does not wait for a program that was left behind", async () => {
  const result = await runProgram(sandbox, "double-fork.py");
  expect(result).toMatchObject({ ended: "exited", stdout: "parent ends\n" });
  // What was left behind sleeps for six seconds.
  expect(result.wallMs).toBeLessThan(5000);
});

it("ends a run when it is cancelled", async () => {
  const result = await run("forever.py", { signal: AbortSignal.timeout(300) });
  expect(result.ended).toBe("cancelled");
});

it("blames the harness for a program that does not exist", async () => {
  const job = { command: ["/usr/bin/no-such-program"], binds: [], files: [], limits: jailLimits() };
  expect((await sandbox.run(job)).exitCode).toBe(127);
});
