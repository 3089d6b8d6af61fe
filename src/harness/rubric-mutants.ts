import { GRADERS } from "../../graders/index.js";
import { MUTANT_EFFECTS } from "../../graders/mutants.js";
import type { Evidence, Grade, GradedItem, Rubric } from "../contract/index.js";
import { MUTATIONS, type Mutation } from "../facts/index.js";
import { judgeOne } from "./judge-run.js";

/** What a rubric makes of one mistake in an otherwise right solution. */
export interface MutantResult {
  id: string;
  title: string;
  /**
   * killed: an item that should notice it did. survived: such items are there and none did. unasked: the rubric has
   * no such item. unfit: the reference cannot have this mistake.
   */
  outcome: "killed" | "survived" | "unasked" | "unfit";
  /** Points lost, by item. */
  lost: { id: string; points: number }[];
  /** Items that should notice it and keep their points, with what they found and expected. */
  blind: { id: string; why: string }[];
  /** Items that lose points although the mistake is none of theirs. */
  unintended: string[];
  /** Graders of which any would notice it. */
  graders: readonly string[];
}

/** Every mistake put into the reference's evidence and judged by the rubric. Nothing is run. */
export function judgeMutants(reference: Evidence, rubric: Rubric): MutantResult[] {
  const right = judgeOne(reference, { rubric }, GRADERS);
  return MUTATIONS.map((mutation) => judgeMutant(mutation, mutation.apply(reference), rubric, right));
}

/** Whether an item of the rubric should notice the mistake. */
export const asksAbout = ({ items }: Rubric, mistake: string): boolean =>
  items.some(({ grader }) => MUTANT_EFFECTS[mistake]?.notices.includes(grader));

/**
 * One mistake, judged against the `right` grade.
 * @param evidence with the mistake in it; null where the reference cannot have it
 * @param also graders that may notice it beside those that the mistake concerns anyway
 */
export function judgeMutant(
  { id, title }: Pick<Mutation, "id" | "title">,
  evidence: Evidence | null,
  rubric: Rubric,
  right: Grade,
  also: readonly string[] = [],
): MutantResult {
  const effect = MUTANT_EFFECTS[id] ?? { notices: [], may: [] };
  const empty = { id, title, lost: [], blind: [], unintended: [], graders: effect.notices };
  if (!evidence) return { ...empty, outcome: "unfit" };
  const items = judgeOne(evidence, { rubric }, GRADERS).items.map((item, place) => ({
    item,
    lost: lostPoints(right.items[place], item),
  }));
  const watching = items.filter(({ item }) => effect.notices.includes(item.grader));
  const lost = items.filter((one) => one.lost > 0);
  const noticed = watching.some((one) => one.lost > 0);
  return {
    ...empty,
    outcome: watching.length === 0 ? "unasked" : noticed ? "killed" : "survived",
    lost: lost.map((one) => ({ id: one.item.id, points: one.lost })),
    blind: watching.filter((one) => one.lost === 0).map(({ item }) => ({ id: item.id, why: whyKept(item) })),
    unintended: lost
      .filter(({ item }) => ![...effect.notices, ...effect.may, ...also].includes(item.grader))
      .map(({ item }) => item.id),
  };
}

/** Points that wait for a person are not lost. */
function lostPoints(before: GradedItem | undefined, after: GradedItem): number {
  const lost = (before?.earned ?? 0) - after.earned - after.pending;
  return Math.round(lost * 10_000) / 10_000;
}

function whyKept({ verdict, earned }: GradedItem): string {
  if (verdict.outcome === "ungraded") return `left pending: ${verdict.why}`;
  if (verdict.outcome === "not-applicable") return `does not apply: ${verdict.why}`;
  return earned === 0 && verdict.score === 0
    ? "the reference has no points there to lose"
    : `found: ${verdict.found} Expected: ${verdict.expected}`;
}
