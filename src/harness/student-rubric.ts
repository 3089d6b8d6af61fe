import { GRADERS } from "../../graders/index.js";
import type { Rubric, RubricItem } from "../contract/index.js";
import { type CompiledItem, compileRubric } from "../judge/index.js";
import { isByHand } from "./counted-points.js";

/**
 * The rubric as a file that students may have for `frostline check`: every hidden item is one that waits for a person,
 * with the title and the points it had and nothing of what it asks for.
 */
export function studentRubric(rubric: Rubric): Rubric {
  const compiled = compileRubric(rubric, GRADERS);
  const { $schema: _, ...rest } = rubric;
  return { ...rest, items: rubric.items.map((item, place) => shown(item, compiled[place] as CompiledItem)) };
}

function shown(item: RubricItem, { id, title, hidden }: CompiledItem): RubricItem {
  if (!hidden) return item;
  const { points, kind, group, requires } = item;
  return {
    id,
    grader: byHand(),
    title,
    points,
    ...(kind ? { kind } : {}),
    ...(group ? { group } : {}),
    ...(requires ? { requires } : {}),
    options: { asks: "Your teacher keeps the threshold to themselves." },
  };
}

const byHand = (): string => GRADERS.find((grader) => isByHand({ grader }))?.id ?? "";
