import {
  type Adjustment,
  type AttemptsPolicy,
  type HandIn,
  type LatePolicy,
  type Rubric,
  readableInstant,
} from "../contract/index.js";

/** What a late or repeated hand-in takes off. */
export interface Deduction {
  kind: Adjustment["kind"];
  /** Share of the earned points, 0..1. */
  share: number;
  /** Points, off what the share leaves. */
  points: number;
  words: string;
}

/** What the rubric's policies take off a submission handed in like this, in the order in which they do. */
export function deductions({ late, attempts }: Rubric, handIn: HandIn | null): Deduction[] {
  return [
    ...(late && handIn?.time ? lateness(late, handIn.time) : []),
    ...(attempts && handIn?.attempts ? repetition(attempts, handIn.attempts) : []),
  ];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function lateness(policy: LatePolicy, time: string): Deduction[] {
  const { due, graceMinutes = 0, perDayPercent = 0, perDayPoints = 0 } = policy;
  const { maxDays = Number.POSITIVE_INFINITY, afterMaxDays } = policy;
  const lateMs = Date.parse(time) - Date.parse(due);
  // A time that no calendar has is no proof of lateness.
  if (!(lateMs > graceMinutes * MINUTE_MS)) return [];
  const days = Math.ceil(lateMs / DAY_MS);
  const counted = Math.min(days, maxDays);
  const when = `Handed in ${readableInstant(time)}, due ${readableInstant(due)}: ${days} ${days === 1 ? "day" : "days"} begun`;
  if (days > maxDays && afterMaxDays === "zero") {
    return [{ kind: "late", share: 1, points: 0, words: `${when}; after ${maxDays} nothing counts.` }];
  }
  const most = days > maxDays ? `, for at most ${maxDays}` : "";
  const cost = perDayPoints > 0 ? `${perDayPoints} points` : `${perDayPercent} % of the earned points`;
  return [
    {
      kind: "late",
      share: Math.min(1, (counted * perDayPercent) / 100),
      points: counted * perDayPoints,
      words: `${when}; ${cost} off for each${most}.`,
    },
  ];
}

function repetition({ free = 1, penaltyPercent = 0, max }: AttemptsPolicy, attempts: number): Deduction[] {
  if (max !== undefined && attempts > max) {
    const words = `${attempts} attempts; after ${max} nothing counts.`;
    return [{ kind: "attempts", share: 1, points: 0, words }];
  }
  const further = attempts - free;
  if (further <= 0 || penaltyPercent === 0) return [];
  return [
    {
      kind: "attempts",
      share: Math.min(1, (further * penaltyPercent) / 100),
      points: 0,
      words: `${attempts} attempts, ${free} without cost; ${penaltyPercent} % of the earned points off for each further one.`,
    },
  ];
}
