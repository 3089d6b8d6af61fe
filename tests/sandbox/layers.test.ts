import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jailSandbox } from "../../src/sandbox/bubblewrap.js";
import type { JailResult } from "../../src/sandbox/index.js";
import { ALL_LAYERS, type JailLayers } from "../../src/sandbox/layers.js";
import { startHarness } from "./harness-process.js";
import { newMark, type ProgramRun, runProgram, survivors } from "./run-program.js";

const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
const canary = `canary-${newMark()}`;

beforeAll(() => {
  // Otherwise the whole folder would be shared as a copy.
  chmodSync(folder, 0o755);
  writeFileSync(path.join(folder, "root-only.txt"), canary, { mode: 0o600 });
  writeFileSync(path.join(folder, "open-file.txt"), canary);
  process.env["FROST_CANARY"] = canary;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  delete process.env["FROST_CANARY"];
});

interface Case {
  without: (keyof JailLayers)[];
  program: string;
  run?: ProgramRun;
  needsRoot?: boolean;
  /** Whether the jail held. */
  holds: (result: JailResult) => boolean;
}

/** For each layer a program that it stops and nothing else does. */
const CASES: Case[] = [
  {
    without: ["seccomp"],
    program: "phone-home.py",
    run: { args: ["1", "nobody"] },
    holds: ({ stdout }) => !stdout.includes("OPENED"),
  },
  {
    without: ["seccomp"],
    program: "mmap-shared-hog.py",
    holds: ({ ended, stdout }) => ended === "exited" && !stdout.includes("TOOK"),
  },
  {
    without: ["freshUser"],
    program: "root-only-file.py",
    run: { binds: [{ source: folder, target: "/shown" }] },
    needsRoot: true,
    holds: ({ stdout }) => !stdout.includes(canary),
  },
  {
    without: ["emptyEnvironment"],
    program: "env-secrets.py",
    holds: ({ stdout }) => !stdout.includes(canary),
  },
  {
    without: ["innerLimits"],
    program: "fork-bomb.py",
    holds: ({ stdout }) => stdout.includes("stopped by error"),
  },
  {
    // Either is enough: the kill by init always works, and the filter keeps a program tied to its parent's life.
    without: ["killByInit", "seccomp"],
    program: "pdeathsig-escape.py",
    run: { limits: { wallMs: 500 } },
    // Else the group is killed two seconds later.
    holds: ({ wallMs, lostMs }) => wallMs - lostMs < 2000,
  },
];

describe("each layer of the jail", () => {
  it.for(CASES)(
    "is missed when it is gone: $without lets $program out",
    async ({ without, program, run, needsRoot, holds }, ctx) => {
      if (needsRoot && process.getuid?.() !== 0) ctx.skip("only root gives each run a user of its own");
      const mark = newMark();
      const whole = await runProgram(jailSandbox({}, ALL_LAYERS), program, { ...run, mark });
      expect(holds(whole), whole.stdout).toBe(true);
      const layers = { ...ALL_LAYERS, ...Object.fromEntries(without.map((layer) => [layer, false])) };
      const weakened = await runProgram(jailSandbox({}, layers), program, { ...run, mark });
      expect(holds(weakened), weakened.stdout).toBe(false);
      expect(survivors(mark)).toEqual([]);
    },
  );

  it("is missed when it is gone: closedDescriptors lets inherited-fd.py read an open file", async () => {
    const line = `exec 250<${path.join(folder, "open-file.txt")}; exec "$@"`;
    const closed = await startHarness(line, "inherited-fd.py");
    expect(closed.stdout).toContain("looked");
    expect(closed.stdout).not.toContain("OPEN");
    const open = await startHarness(line, "inherited-fd.py", { layers: { closedDescriptors: false } });
    expect(open.stdout).toContain(canary);
  });
});
