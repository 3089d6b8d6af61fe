import type { Given } from "../contract/index.js";
import type { CompiledItem } from "../judge/index.js";
import { isByHand } from "./counted-points.js";

/** All points of the items that only a person can decide, as a right solution would get them. */
export function givenInFull(items: readonly CompiledItem[], submission: string): Given {
  const points = items.filter(isByHand).map(({ id, kind, rubricPoints }) => ({
    submission,
    item: id,
    points: kind === "penalty" ? 0 : rubricPoints,
    of: rubricPoints,
    comment: "",
  }));
  return { handIns: [], points };
}
