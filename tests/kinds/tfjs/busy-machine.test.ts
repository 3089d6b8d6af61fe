import { expect, it } from "vitest";
import tfjs from "../../../src/kinds/tfjs/index.js";
import type { JailFile, JailResult, Sandbox } from "../../../src/sandbox/index.js";
import { jobOf } from "../keras/run-keras.js";
import { engineMissing } from "./engine/run-engine.js";

/** Longer than half a second and what is added to it. */
const LONG = `const begin = Date.now();
while (Date.now() - begin < 3500);
console.log("through");`;

/** Takes the file with the time lost out of the engine's job. */
function tellNothing(file: JailFile): JailFile {
  if (file.target !== "/job/job.json") return file;
  const job = JSON.parse(Buffer.from(file.bytes).toString("utf8"));
  return { ...file, bytes: Buffer.from(JSON.stringify({ ...job, lostTime: undefined })) };
}

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
