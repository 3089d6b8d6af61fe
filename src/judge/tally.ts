import type { Adjustment, Grade, GradedItem, HandIn, Rubric } from "../contract/index.js";
import { type Deduction, deductions } from "./deductions.js";

/** The least and the most that can come out, in billionths of a point: whole numbers add in any order. */
interface Range {
  least: number;
  most: number;
}

const UNITS = 1e9;
const CENT = UNITS / 100;

/** The sums of a grade: counted items, then bonus, penalties, lateness and attempts, never below 0. */
export function tally(
  items: readonly GradedItem[],
  rubric: Rubric,
  handIn: HandIn | null,
): Pick<Grade, "earned" | "pending" | "possible" | "groups" | "adjustments"> {
  const counted = items.filter(({ kind }) => kind === undefined);
  const bonus = capped(rangeOf(items.filter(({ kind }) => kind === "bonus")), rubric.bonusMax);
  const penalty = penaltyOf(items.filter(({ kind }) => kind === "penalty"));
  const sum = rangeOf(counted);
  let range = {
    least: Math.max(0, sum.least + bonus.least + penalty.least),
    most: Math.max(0, sum.most + bonus.most + penalty.most),
  };
  const adjustments: Adjustment[] = [...bonusLine(bonus, rubric.bonusMax), ...penaltyLine(items, penalty)];
  for (const deduction of deductions(rubric, handIn)) {
    const after = { least: deducted(range.least, deduction), most: deducted(range.most, deduction) };
    const { kind, words } = deduction;
    adjustments.push({ kind, points: points(after.least - range.least), words });
    range = after;
  }
  return {
    ...sums(range),
    possible: points(possibleOf(counted)),
    ...(rubric.groups ? { groups: rubric.groups.map((group) => subtotal(group, counted)) } : {}),
    ...(adjustments.length > 0 ? { adjustments } : {}),
  };
}

const units = (value: number): number => Math.round(value * UNITS);

/** Points have at most four decimals; adding 0 makes -0 a plain 0. */
const points = (inUnits: number): number => Math.round(inUnits / (UNITS / 10_000)) / 10_000 + 0;

const sums = ({ least, most }: Range): Pick<Grade, "earned" | "pending"> => ({
  earned: points(least),
  pending: points(units(points(most)) - units(points(least))),
});

function rangeOf(items: readonly GradedItem[]): Range {
  const least = items.reduce((total, item) => total + units(item.earned), 0);
  return { least, most: items.reduce((total, item) => total + units(item.pending), least) };
}

const possibleOf = (items: readonly GradedItem[]): number =>
  items.reduce(
    (total, item) => total + (item.verdict.outcome === "not-applicable" ? 0 : units(item.points)),
    0,
  );

function capped({ least, most }: Range, max: number | undefined): Range {
  const cap = max === undefined ? Number.POSITIVE_INFINITY : units(max);
  return { least: Math.min(cap, least), most: Math.min(cap, most) };
}

/** A penalty that is not decided yet may still be taken off: it lowers the least, not the most. */
function penaltyOf(items: readonly GradedItem[]): Range {
  const most = items.reduce((total, item) => total + units(item.earned), 0);
  return { least: items.reduce((total, item) => total - units(item.pending), most), most };
}

/** The share leaves hundredths, rounded so that more points before are never fewer after, and never more than before. */
function deducted(before: number, { share, points: off }: Deduction): number {
  const rounded = Math.round((before * (1 - share)) / CENT) * CENT;
  const left = share === 0 ? before : Math.min(before, rounded);
  return Math.max(0, left - units(off));
}

function bonusLine({ least }: Range, max: number | undefined): Adjustment[] {
  if (least === 0) return [];
  const words = `Bonus${max === undefined ? "" : `, at most ${max} points in all`}.`;
  return [{ kind: "bonus", points: points(least), words }];
}

function penaltyLine(items: readonly GradedItem[], { most }: Range): Adjustment[] {
  if (most === 0) return [];
  const titles = items.filter(({ earned }) => earned < 0).map(({ title }) => title);
  return [{ kind: "penalty", points: points(most), words: `Penalty: ${titles.sort().join(", ")}.` }];
}

function subtotal(
  { id, title }: NonNullable<Rubric["groups"]>[number],
  counted: readonly GradedItem[],
): NonNullable<Grade["groups"]>[number] {
  const items = counted.filter(({ group }) => group === id);
  return { id, title, ...sums(rangeOf(items)), possible: points(possibleOf(items)) };
}
