import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { JailResult } from "../../src/sandbox/index.js";
import { lostIn, type Stretch } from "../../src/sandbox/lost-time.js";
import { startHarness } from "./harness-process.js";

describe("time lost to others", () => {
  const second = (given: Partial<Stretch>): number =>
    lostIn({ elapsedMs: 1000, ranMs: 0, waitedMs: 0, othersMs: 2000, processors: 2, ...given });

  it.each<[string, Partial<Stretch>, number]>([
    ["asleep, it loses nothing", {}, 0],
    ["alone, it loses nothing", { ranMs: 1000, othersMs: 0 }, 0],
    ["one thread loses what it waits", { ranMs: 400, waitedMs: 600 }, 600],
    ["half asleep, it loses no more than it waits", { ranMs: 300, waitedMs: 200 }, 200],
    ["two threads that get half of two processors lose half", { ranMs: 1000, waitedMs: 1000 }, 500],
    ["what threads take from each other is not lost", { ranMs: 2000, waitedMs: 62_000, othersMs: 0 }, 0],
    [
      "threads without number lose only what others take",
      { ranMs: 1500, waitedMs: 62_500, othersMs: 500 },
      250,
    ],
    [
      "waiting on purpose beside an idle processor is not lost",
      { ranMs: 1000, waitedMs: 7000, othersMs: 0 },
      0,
    ],
    [
      "a count of others that is too low by chance adds nothing",
      { ranMs: 900, waitedMs: 100, othersMs: -20 },
      0,
    ],
  ])("%s", (_, given, lost) => {
    expect(second(given)).toBe(lost);
  });
});

const firstProcessor = /^Cpus_allowed_list:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
const onFirst = ["-c", firstProcessor ?? "0"];
const neighbours: ChildProcess[] = [];

/** Runs compute.py on one processor that it shares with others, by a harness of its own. */
function computeBeside(others: number, wallMs: number) {
  // Each in a session of its own, as a jail is: many kernels share processors out among sessions.
  const command = [...onFirst, "/usr/bin/python3", "-c", "while True: pass"];
  for (let made = 0; made < others; made++)
    neighbours.push(spawn("taskset", command, { detached: true, stdio: "ignore" }));
  const options = { limits: { wallMs }, lostTime: "/job/lost-time" };
  return startHarness(`exec taskset ${onFirst.join(" ")} "$@"`, "compute.py", options);
}

afterEach(() => {
  for (const neighbour of neighbours.splice(0)) neighbour.kill("SIGKILL");
});

describe("a program on a crowded processor", () => {
  it("keeps its whole time, and can read what it lost", async () => {
    const { stdout, stderr } = await computeBeside(3, 2000);
    expect(stderr).toBe("");
    const run = JSON.parse(stdout) as JailResult;
    expect(run).toMatchObject({ ended: "exited", stderr: "" });
    expect(run.wallMs).toBeGreaterThan(2100);
    expect(run.lostMs).toBeGreaterThan(500);
    expect(Number(run.stdout)).toBeGreaterThan(500);
  });

  it("is not blamed when it hardly got any", async () => {
    const { stdout, stderr } = await computeBeside(9, 600);
    expect(stdout).toBe("");
    expect(stderr).toContain("code: 'machine-busy'");
  });
});
