import type { Rubric, RubricItem } from "../contract/index.js";
import { rubricFault, unknownName } from "./rubric-fault.js";

/**
 * By how much the points of each group's items are scaled, so that the groups share the total by their weights. What
 * stands in no group keeps its points.
 * @throws FrostlineFault `json-invalid` for groups that do not fit the items
 */
export function groupScales(rubric: Rubric, file: string): (group: string | null) => number {
  const groups = rubric.groups ?? [];
  const ids = groups.map(({ id }) => id);
  checkGroupIds(ids, file);
  for (const [index, item] of rubric.items.entries()) checkGroupOf(item, index, ids, file);
  const counted = rubric.items.filter(({ kind }) => kind === undefined);
  const total = rubric.total ?? sumOf(counted);
  const weights = groups.reduce((sum, { weight }) => sum + weight, 0);
  const scales = new Map<string | null, number>(
    groups.map(({ id, weight }, index) => {
      const points = sumOf(counted.filter(({ group }) => group === id));
      if (points === 0) {
        throw rubricFault(file, `/groups/${index}`, {
          found: `a group \`${id}\` whose items are worth nothing`,
          expected: "At least one item with points that names the group",
          hint: `Give an item \`"group": "${id}"\`, or leave the group out.`,
        });
      }
      return [id, (total * weight) / weights / points];
    }),
  );
  return (group) => scales.get(group) ?? 1;
}

const sumOf = (items: readonly RubricItem[]): number => items.reduce((sum, { points }) => sum + points, 0);

function checkGroupIds(ids: readonly string[], file: string): void {
  const second = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (second < 0) return;
  throw rubricFault(file, `/groups/${second}/id`, {
    found: `a second group \`${ids[second]}\``,
    expected: "A different id for each group",
    hint: "Rename one of the two.",
  });
}

function checkGroupOf(
  { kind, group }: RubricItem,
  index: number,
  ids: readonly string[],
  file: string,
): void {
  const path = `/items/${index}/group`;
  if (kind !== undefined && group !== undefined) {
    throw rubricFault(file, path, {
      found: `a ${kind} item in the group \`${group}\``,
      expected: "Groups of counted items only; a bonus or penalty keeps its own points",
      hint: "Leave `group` out.",
    });
  }
  if (group !== undefined && !ids.includes(group)) throw unknownName(file, path, "group", group, ids);
  if (kind === undefined && group === undefined && ids.length > 0) {
    throw rubricFault(file, path, {
      found: "an item without a group",
      expected: `One of ${ids.join(", ")}, because the rubric has groups`,
      hint: "Name the group the item belongs to.",
    });
  }
}
