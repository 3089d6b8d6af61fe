import { type Rubric, readableInstant } from "../contract/index.js";
import type { CompiledItem } from "../judge/index.js";
import { formatNoun, formatPoints } from "../reporters/format-figures.js";

const TRUST = {
  proved:
    "It has to be proved by the saved model or by predictions; what only the program says is looked at by a person.",
  consistent: "What the program says has to agree with the saved model; otherwise a person looks.",
  claimed: null,
} as const;

const NOT_APPLICABLE = {
  "out-of-sum": null,
  full: "Where it does not apply, its points are earned.",
  zero: "Where it does not apply, its points are lost.",
} as const;

/** How an item's points are won beside what it asks for, a sentence each. */
export function itemRules(item: CompiledItem, items: readonly CompiledItem[]): string[] {
  const titles = item.requires.map((id) => `"${items.find((one) => one.id === id)?.title}"`);
  const rules = [
    item.kind === "bonus" ? "A bonus: its points come on top, and without it nothing is lost." : null,
    item.kind === "penalty" ? "A penalty: these points are taken off where this is missed." : null,
    titles.length > 0
      ? `Judged only once ${titles.join(" and ")} ${titles.length > 1 ? "have" : "has"} earned points.`
      : null,
    item.trust && TRUST[item.trust],
    NOT_APPLICABLE[item.whenNotApplicable],
  ];
  return rules.filter((rule) => rule !== null);
}

/** What holds for the assignment as a whole: groups, bonus, lateness, attempts; a line each. */
export function rubricRules(
  rubric: Rubric,
  items: readonly CompiledItem[],
): { label: string; value: string }[] {
  const { groups = [], bonusMax, late, attempts } = rubric;
  return [
    ...groups.map(({ id, title }) => {
      const points = items.filter(({ group }) => group === id).reduce((sum, item) => sum + item.points, 0);
      return { label: "Part", value: `${title}: ${formatNoun(Number(formatPoints(points)), "point")}` };
    }),
    ...(bonusMax === undefined
      ? []
      : [{ label: "Bonus", value: `At most ${formatNoun(bonusMax, "point")} in all` }]),
    ...(late ? [{ label: "Due", value: lateRule(late) }] : []),
    ...(attempts ? [{ label: "Attempts", value: attemptsRule(attempts) }] : []),
  ];
}

function lateRule(late: NonNullable<Rubric["late"]>): string {
  const { due, graceMinutes = 0, perDayPercent, perDayPoints, maxDays, afterMaxDays } = late;
  const cost =
    perDayPercent === undefined
      ? formatNoun(perDayPoints ?? 0, "point")
      : `${perDayPercent} % of the earned points`;
  const grace =
    graceMinutes > 0 ? ` ${formatNoun(graceMinutes, "minute")} later still counts as in time.` : "";
  const end = maxDays === undefined ? "" : ` ${END[afterMaxDays ?? "same"](maxDays)}`;
  return `${readableInstant(due)}.${grace} After that, ${cost} off for each day begun.${end}`;
}

const END = {
  same: (days: number) => `It costs no more after ${formatNoun(days, "day")}.`,
  zero: (days: number) => `After ${formatNoun(days, "day")} nothing counts.`,
};

function attemptsRule(policy: NonNullable<Rubric["attempts"]>): string {
  const { free = 1, penaltyPercent = 0, max, counts } = policy;
  const further =
    penaltyPercent > 0 ? `, then ${penaltyPercent} % of the earned points off for each further one` : "";
  const rules = [
    ...(penaltyPercent > 0 || max !== undefined ? [`${free} without cost${further}`] : []),
    ...(max === undefined ? [] : [`after ${max} nothing counts`]),
    ...(counts === undefined ? [] : [`the ${counts} one counts`]),
  ];
  const text = rules.join("; ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
