import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { startProgramClock } from "../../../src/kinds/tfjs/engine/host/program-clock.js";

const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
const lostTime = path.join(folder, "lost-time");

afterAll(() => rmSync(folder, { recursive: true }));

it.each<[string, { passedMs: number; lostMs: number | null; patient?: boolean; endsInMs: number }]>([
  ["nothing is ever lost", { passedMs: 4000, lostMs: null, endsInMs: 6000 }],
  ["nothing was lost yet", { passedMs: 4000, lostMs: 0, endsInMs: 6000 }],
  ["it begins", { passedMs: 0, lostMs: 0, endsInMs: 10_000 }],
  [
    "half was lost, and the rest will take twice as long too",
    { passedMs: 4000, lostMs: 2000, endsInMs: 16_000 },
  ],
  ["nearly all was lost", { passedMs: 4000, lostMs: 3900, endsInMs: 39_600 }],
  ["more was lost than passed since it began", { passedMs: 100, lostMs: 200, endsInMs: 10_000 }],
  ["the jail will end it", { passedMs: 4000, lostMs: 0, patient: true, endsInMs: 24_000 }],
  ["it had its time", { passedMs: 10_000, lostMs: 0, endsInMs: 0 }],
  ["it had its time long ago", { passedMs: 24_000, lostMs: 12_000, endsInMs: -4000 }],
])(
  "a program's ten seconds end when they should: %s",
  (_, { passedMs, lostMs, patient = false, endsInMs }) => {
    let now = 500;
    if (lostMs !== null) writeFileSync(lostTime, String(lostMs).padStart(12, "0"));
    const clock = startProgramClock(lostMs === null ? {} : { lostTime, patient, slowest: 4 }, () => now);
    now += passedMs;
    expect(clock.endOf(10) - now).toBeCloseTo(endsInMs);
  },
);

it("counts a wait that was skipped in full, however slow the machine is", () => {
  let now = 0;
  writeFileSync(lostTime, "000000003000");
  const clock = startProgramClock({ lostTime, slowest: 4 }, () => now);
  now = 4000;
  clock.skip(2000);
  clock.skip(3000);
  expect(clock.endOf(10) - now).toBe(16_000);
  expect(clock.skippedMs()).toBe(5000);
});

it("sees what was lost since it looked last", () => {
  let now = 0;
  writeFileSync(lostTime, "000000000000");
  const clock = startProgramClock({ lostTime, slowest: 4 }, () => now);
  now = 10_000;
  expect(clock.endOf(10)).toBe(now);
  writeFileSync(lostTime, "000000005000");
  now = 10_300;
  expect(clock.endOf(10)).toBeGreaterThan(now);
});
