import type { AttemptsPolicy, LatePolicy, Rubric } from "../contract/index.js";
import { rubricFault } from "./rubric-fault.js";

/**
 * The policies for late and repeated hand-ins say one thing each.
 * @throws FrostlineFault `json-invalid`
 */
export function checkPolicies({ late, attempts, data }: Rubric, file: string): void {
  if (late) checkLate(late, file);
  if (attempts) checkAttempts(attempts, file);
  const { min, max } = data.classes ?? {};
  if (min !== undefined && max !== undefined && min > max) {
    throw rubricFault(file, "/data/classes", {
      found: `at least ${min} and at most ${max} classes`,
      expected: "A `min` that is not above `max`",
      hint: "Exchange the two.",
    });
  }
}

function checkLate(
  { due, perDayPercent, perDayPoints, maxDays, afterMaxDays }: LatePolicy,
  file: string,
): void {
  if (Number.isNaN(Date.parse(due))) {
    throw rubricFault(file, "/late/due", {
      found: `\`${due}\``,
      expected: "A date and time that the calendar has",
      hint: "Write it like 2026-11-20T23:59:00+01:00.",
    });
  }
  if ((perDayPercent === undefined) === (perDayPoints === undefined)) {
    throw rubricFault(file, "/late", {
      found: perDayPoints === undefined ? "neither a percentage nor points" : "both a percentage and points",
      expected: "Either `perDayPercent` or `perDayPoints`",
      hint: 'Say what a day costs once: `"perDayPercent": 10`.',
    });
  }
  if (afterMaxDays !== undefined && maxDays === undefined) {
    throw rubricFault(file, "/late/afterMaxDays", {
      found: "`afterMaxDays` without `maxDays`",
      expected: "Both or none",
      hint: "Say after how many days with `maxDays`.",
    });
  }
}

function checkAttempts({ free = 1, penaltyPercent, max, counts }: AttemptsPolicy, file: string): void {
  if (penaltyPercent === undefined && max === undefined && counts === undefined) {
    throw rubricFault(file, "/attempts", {
      found: "neither a cost nor which one counts",
      expected: "`penaltyPercent`, `max`, `counts` or several of them",
      hint: 'Say what a further attempt costs, `"penaltyPercent": 5`, or which one counts, `"counts": "best"`.',
    });
  }
  if (max !== undefined && max < free) {
    throw rubricFault(file, "/attempts/max", {
      found: `${max}, with ${free} attempts that cost nothing`,
      expected: `At least ${free}`,
      hint: "Raise `max` or lower `free`.",
    });
  }
}
