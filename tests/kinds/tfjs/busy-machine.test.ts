import { expect, it } from "vitest";
import tfjs from "../../../src/kinds/tfjs/index.js";
import type { JailFile, JailResult, Sandbox } from "../../../src/sandbox/index.js";
import { jobOf } from "../keras/run-keras.js";
import { engineMissing } from "./engine/run-engine.js";

/** Longer than half a second and what is added to it. */
const LONG = `const begin = Date.now();
while (Date.now() - begin < 3500);
console.log("through");`;

const WAITS = `const again = () => setTimeout(again, 1000); again();`;

/** Takes the file with the time lost out of the engine's job. */
function tellNothing(file: JailFile): JailFile {
  if (file.target !== "/job/job.json") return file;
  const job = JSON.parse(Buffer.from(file.bytes).toString("utf8"));
  return { ...file, bytes: Buffer.from(JSON.stringify({ ...job, lostTime: undefined })) };
}

it("a program that waits until its time is over is told so at once, and runs once", async (ctx) => {
  const missing = engineMissing();
  if (missing !== undefined) ctx.skip(missing);
  const job = await jobOf(tfjs, { "main.js": WAITS }, { limits: { seconds: 300 } });
  let runs = 0;
  const counted: Sandbox = {
    ...job.sandbox,
    run: (jailed) => {
      runs += 1;
      return job.sandbox.run(jailed);
    },
  };
  const { run, fault } = await tfjs.run({ ...job, sandbox: counted });
  expect(runs).toBe(1);
  expect(fault).toMatchObject({ code: "time-limit", params: { limit: 300 } });
  expect(Number(fault?.params["seconds"])).toBeGreaterThan(300);
  expect(run.notes).toContainEqual(
    expect.stringMatching(/^The program waited 33\d seconds for its timers\./),
  );
  expect(run.wallMs).toBeLessThan(150_000);
});

it("a program that was cut off before it had its seconds is run again, patiently", async (ctx) => {
  const missing = engineMissing();
  if (missing !== undefined) ctx.skip(missing);
  const job = await jobOf(tfjs, { "main.js": LONG }, { limits: { seconds: 0.5 } });
  const runs: JailResult[] = [];
  // As if the first run had lost all its time and was not told of it in time.
  const busyAtFirst: Sandbox = {
    ...job.sandbox,
    run: async (jailed) => {
      const first = runs.length === 0;
      const run = await job.sandbox.run(first ? { ...jailed, files: jailed.files.map(tellNothing) } : jailed);
      runs.push(first ? { ...run, lostMs: run.wallMs } : run);
      return runs.at(-1) ?? run;
    },
  };
  const { run } = await tfjs.run({ ...job, sandbox: busyAtFirst });
  expect(runs).toHaveLength(2);
  expect(run).toMatchObject({ output: "through" });
});
