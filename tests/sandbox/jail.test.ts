import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeFault, FrostlineFault } from "../../src/contract/index.js";
import { bubblewrapSandbox, jailLimits, openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { startHarness } from "./harness-process.js";
import { newMark, runProgram, survivors } from "./run-program.js";

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

afterAll(() => rmSync(folder, { recursive: true }));

async function faultOf(promise: Promise<unknown>): Promise<FrostlineFault> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FrostlineFault);
  return error as FrostlineFault;
}

describe("the jail", () => {
  it("keeps parallel runs apart, hostile and honest", async () => {
    const hostile = ["fork-bomb.py", "memory-hog.py", "stop-supervisor.py", "pdeathsig-escape.py"];
    const limits = { wallMs: 3000, memoryMb: 150 };
    const mark = newMark();
    const [, answers] = await Promise.all([
      Promise.all(hostile.map((name) => runProgram(sandbox, name, { limits, mark }))),
      Promise.all(Array.from({ length: 6 }, () => runProgram(sandbox, "honest.py", { mark }))),
    ]);
    expect(answers.map(({ result }) => result.toString())).toEqual(Array(6).fill('{"sum": 42}'));
    expect(survivors(mark)).toEqual([]);
  });

  it("ends a run at once when it is cancelled", async () => {
    const controller = new AbortController();
    const mark = newMark();
    const run = runProgram(sandbox, "ignore-signals.py", { signal: controller.signal, mark });
    await sleep(300);
    const at = performance.now();
    controller.abort();
    expect(await run).toMatchObject({ ended: "cancelled", exitCode: null });
    // Not by the last resort, which comes after two seconds.
    expect(performance.now() - at).toBeLessThan(1900);
    expect(survivors(mark)).toEqual([]);
  });

  it("does not run a program that was cancelled before it began", async () => {
    const run = await runProgram(sandbox, "honest.py", { signal: AbortSignal.abort() });
    expect(run).toMatchObject({ ended: "cancelled", stdout: "" });
  });

  it("can be cancelled at any moment of its start", async () => {
    const mark = newMark();
    const delays = Array.from({ length: 20 }, (_, index) => index * 3);
    for (const delayMs of delays) {
      const signal = AbortSignal.timeout(delayMs);
      const run = await runProgram(sandbox, "forever.py", { signal, mark });
      expect({ delayMs, ended: run.ended }).toEqual({ delayMs, ended: "cancelled" });
      expect(survivors(mark)).toEqual([]);
    }
  });

  it("blames the harness when something to be shown does not exist", async () => {
    const binds = [{ source: path.join(folder, "missing"), target: "/shown" }];
    const { fault } = await faultOf(runProgram(sandbox, "honest.py", { binds }));
    expect(fault).toMatchObject({ code: "sandbox-failed", blame: "harness" });
    expect(fault.params["reason"]).toContain("does not exist");
  });

  it("blames the harness when bubblewrap cannot set up the jail", async () => {
    const binds = [{ source: folder, target: "/usr/bin/shown-here" }];
    const { fault } = await faultOf(runProgram(sandbox, "honest.py", { binds }));
    expect(fault).toMatchObject({ code: "sandbox-failed", blame: "harness" });
    expect(fault.params["reason"]).toContain("bwrap:");
  });

  it("blames the harness when two files are meant for one place", async () => {
    const files = ["/a/b", "/a/b"].map((target) => ({ target, bytes: Buffer.from("x") }));
    const { fault } = await faultOf(runProgram(sandbox, "honest.py", { files }));
    expect(fault.params["reason"]).toBe("its files could not be copied (EEXIST)");
  });

  it.each(["relative", "/a/../b", "/a//b", "/", "/work", "/a\0b"])(
    "refuses %j as the place of a staged file",
    async (target) => {
      const files = [{ target, bytes: Buffer.from("x") }];
      await expect(runProgram(sandbox, "honest.py", { files })).rejects.toThrow(TypeError);
    },
  );

  it("shows staged files and folders inside the writable ones, where they still cannot be changed", async () => {
    const files = [
      { target: "/work/main.py", bytes: Buffer.from("print('mine')") },
      { target: "/work/data/train/a.txt", bytes: Buffer.from("a") },
    ];
    const script = "cat main.py data/train/a.txt && touch here && ! touch data/b && ! rm main.py";
    const command = ["/usr/bin/bash", "-c", script];
    const run = await sandbox.run({ command, binds: [], files, limits: jailLimits() });
    expect(run).toMatchObject({ ended: "exited", exitCode: 0, stdout: "print('mine')a" });
  });

  it("shows what lies in a folder that only root may enter", async (ctx) => {
    if (!isRoot) ctx.skip("only root has folders that the user of a run cannot reach");
    const home = mkdtempSync(path.join(homedir(), "frost-test-"));
    try {
      mkdirSync(path.join(home, "deep"));
      writeFileSync(path.join(home, "deep", "private.txt"), "private bytes", { mode: 0o600 });
      writeFileSync(path.join(home, "public.txt"), "public bytes");
      chmodSync(home, 0o700);
      const command = ["/usr/bin/cat", "/shown/deep/private.txt", "/shown/public.txt"];
      const job = { command, binds: [{ source: home, target: "/shown" }], files: [], limits: jailLimits() };
      expect(await sandbox.run(job)).toMatchObject({ stderr: "", stdout: "private bytespublic bytes" });
      const again = await openSandbox({ unsafe: false });
      expect(await again.run(job)).toMatchObject({ stdout: "private bytespublic bytes" });
      writeFileSync(path.join(home, "public.txt"), "newer bytes");
      const later = await openSandbox({ unsafe: false });
      expect(await later.run(job)).toMatchObject({ stdout: "private bytesnewer bytes" });
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it("hides the folders it is told to hide", async (ctx) => {
    if (!isRoot) ctx.skip("only root can make a folder below /usr");
    const hidden = mkdtempSync("/usr/local/share/frost-test-");
    try {
      chmodSync(hidden, 0o755);
      writeFileSync(path.join(hidden, "labels.json"), "[1, 2, 3]");
      const job = {
        command: ["/usr/bin/cat", `${hidden}/labels.json`],
        binds: [],
        files: [],
        limits: jailLimits(),
      };
      expect((await sandbox.run(job)).stdout).toBe("[1, 2, 3]");
      const run = await bubblewrapSandbox({ hidden: [hidden] }).run(job);
      expect(run).toMatchObject({ stdout: "", exitCode: 1 });
    } finally {
      rmSync(hidden, { recursive: true });
    }
  });

  it("reports the CPU time and memory of a short program", async () => {
    const run = await runProgram(sandbox, "honest.py");
    expect(run.cpuMs).toBeGreaterThan(5);
    expect(run.cpuMs).toBeLessThan(2000);
    expect(run.peakMemoryMb).toBeLessThan(100);
  });
});

describe("a harness", () => {
  it("that is killed takes its jails along, and the next one tidies up", async () => {
    const mark = newMark();
    const harness = startHarness('exec "$@"', "pdeathsig-escape.py", { mark });
    while (survivors(mark).length < 4) await sleep(50);
    harness.kill("SIGKILL");
    await harness;
    await expect.poll(() => survivors(mark), { timeout: 10_000 }).toEqual([]);
    const staged = () => readdirSync(path.join(tmpdir(), `frostline-${process.getuid?.()}`)).join(" ");
    expect(staged()).toContain(`${harness.pid}-`);
    await openSandbox({ unsafe: false });
    expect(staged()).not.toContain(`${harness.pid}-`);
  });

  it("that is not root has a jail too", async (ctx) => {
    if (!isRoot) ctx.skip("every other test runs as this user already");
    const line = 'exec setpriv --reuid 54321 --regid 54321 --clear-groups "$@"';
    const honest = JSON.parse(String((await startHarness(line, "honest.py")).stdout));
    expect(honest).toMatchObject({ ended: "exited", stdout: "done\n", result: '{"sum": 42}' });
    // Forty copies of Python take up to 200 MB by themselves.
    for (const [program, ended, memoryMb] of [
      ["fork-bomb.py", "exited", 400],
      ["stop-supervisor.py", "time-limit", 150],
      ["pdeathsig-escape.py", "time-limit", 150],
      ["memory-hog.py", "memory-limit", 150],
    ] as const) {
      const mark = newMark();
      const limits = { wallMs: 1500, memoryMb, processes: 40 };
      const { stdout } = await startHarness(line, program, { limits, mark });
      expect(JSON.parse(String(stdout))).toMatchObject({ ended });
      expect(survivors(mark)).toEqual([]);
    }
  });
});

describe("opening the sandbox", () => {
  it("removes shared copies that nobody used for a week, and no others", async () => {
    const root = path.join(tmpdir(), `frostline-${process.getuid?.()}`);
    const [stale, fresh] = [8, 6].map((days) => {
      const copy = mkdtempSync(path.join(root, "shared-test-"));
      const then = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
      utimesSync(copy, then, then);
      return path.basename(copy);
    });
    await openSandbox({ unsafe: false });
    expect(readdirSync(root)).not.toContain(stale);
    expect(readdirSync(root)).toContain(fresh);
    rmSync(path.join(root, String(fresh)), { recursive: true });
  });

  it("fails closed and says what to install when bubblewrap is missing", async () => {
    const error = await faultOf(openSandbox({ unsafe: false, searchPath: folder }));
    expect(error.fault).toMatchObject({ code: "sandbox-unavailable", blame: "harness" });
    expect(describeFault(error.fault).what).toContain("the program bwrap was not found");
    expect(describeFault(error.fault).next).toContain("apt-get install bubblewrap");
  });

  it("runs nothing when bubblewrap is missing", async () => {
    const lacking = bubblewrapSandbox({ searchPath: folder });
    const { fault } = await faultOf(runProgram(lacking, "honest.py"));
    expect(fault.code).toBe("sandbox-unavailable");
  });

  it("fails closed and says how to mend it when namespaces are forbidden", async () => {
    const refusing = path.join(folder, "refusing");
    mkdirSync(refusing);
    const said = "bwrap: setting up uid map: Permission denied";
    writeFileSync(
      path.join(refusing, "bwrap"),
      `#!/bin/bash\n[ "$1" = --help ] && exec /usr/bin/bwrap --help; echo '${said}' >&2; exit 1\n`,
      { mode: 0o755 },
    );
    chmodSync(folder, 0o755);
    const error = await faultOf(
      openSandbox({ unsafe: false, searchPath: `${refusing}:${process.env["PATH"]}` }),
    );
    expect(error.fault.code).toBe("sandbox-unavailable");
    expect(describeFault(error.fault).what).toContain(said);
    expect(describeFault(error.fault).next).toContain("apparmor_restrict_unprivileged_userns=0");
  });

  it("fails closed when a layer is silently absent", async () => {
    const leaky = path.join(folder, "leaky");
    mkdirSync(leaky);
    const script = `#!/bin/bash
[ "$1" = --help ] && exec /usr/bin/bwrap --help
tr '\\0' '\\n' <&4 | grep -v -e '^--seccomp$' -e '^5$' | tr '\\n' '\\0' > "$(dirname "$0")/options"
exec /usr/bin/bwrap "$@" 4<"$(dirname "$0")/options" 5<&-
`;
    writeFileSync(path.join(leaky, "bwrap"), script, { mode: 0o755 });
    chmodSync(leaky, 0o777);
    const error = await faultOf(
      openSandbox({ unsafe: false, searchPath: `${leaky}:${process.env["PATH"]}` }),
    );
    expect(describeFault(error.fault).what).toContain("ran without the filter on system calls");
  });
});
