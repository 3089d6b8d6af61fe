import { expect, test } from "vitest";
import { describeFault } from "../../../src/contract/index.js";
import { stoppedPrediction } from "../../../src/kinds/keras/stopped-prediction.js";
import type { JailEnd } from "../../../src/sandbox/index.js";

const ended = (how: JailEnd) => ({
  ended: how,
  exitCode: null,
  signal: how === "crashed" ? "SIGSEGV" : null,
  wallMs: 600_000,
  lostMs: 180_000,
  cpuMs: 420_000,
  peakMemoryMb: 900,
  stdout: "",
  stderr: "",
  result: Buffer.alloc(0),
});

test.each<[JailEnd, number, string | null, RegExp]>([
  ["exited", 0, null, /^$/],
  // What others took of the processors is not the model's time.
  ["time-limit", 96, "harness", /stopped after 420 seconds, when 96 of 200 were done/],
  ["cpu-limit", 96, "harness", /when 96 of 200 were done/],
  ["time-limit", 0, "submission", /in 420 seconds it did not predict one image/],
  ["cpu-limit", 0, "submission", /in 420 seconds it did not predict one image/],
  ["memory-limit", 32, "submission", /more memory for one image than the program may use/],
  ["crashed", 32, "submission", /ended by the system \(SIGSEGV\)/],
  ["output-limit", 32, "submission", /printed or returned far more/],
  ["result-limit", 32, "submission", /printed or returned far more/],
  ["cancelled", 32, "harness", /stopped before this submission was graded/],
])("a prediction that ends by %s after %i images is for the %s to act on", (how, done, blame, says) => {
  const fault = stoppedPrediction(ended(how), { done, total: 200 });
  expect(fault?.blame ?? null).toBe(blame);
  expect(fault ? describeFault(fault).what : "").toMatch(says);
});
