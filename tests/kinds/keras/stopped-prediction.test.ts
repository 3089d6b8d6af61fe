import { expect, test } from "vitest";
import { describeFault } from "../../../src/contract/index.js";
import { stoppedPrediction } from "../../../src/kinds/keras/stopped-prediction.js";
import type { JailEnd } from "../../../src/sandbox/index.js";

const ended = (how: JailEnd) => ({
  ended: how,
  exitCode: null,
  signal: how === "crashed" ? "SIGSEGV" : null,
  wallMs: 600_000,
  cpuMs: 420_000,
  peakMemoryMb: 900,
  stdout: "",
  stderr: "",
  result: Buffer.alloc(0),
});

test.each<[JailEnd, number, string | null, RegExp]>([
  ["exited", 0, null, /^$/],
  ["time-limit", 96, "harness", /stopped after 600 seconds, when 96 of 200 were done/],
  ["cpu-limit", 96, "harness", /when 96 of 200 were done/],
  // Nobody can tell a model that waits from one that a busy machine kept waiting.
  ["time-limit", 0, "harness", /when 0 of 200 were done/],
  ["cpu-limit", 0, "submission", /computed for 420 seconds without predicting one image/],
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
