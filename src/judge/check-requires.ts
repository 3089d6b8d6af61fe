import type { CompiledItem } from "./compile-rubric.js";
import { rubricFault, unknownName } from "./rubric-fault.js";

/**
 * Every item that another waits for is there, and none waits for itself by any way round.
 * @throws FrostlineFault `json-invalid`
 */
export function checkRequires(items: readonly CompiledItem[], file: string): void {
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const [index, item] of items.entries()) {
    const others = [...byId.keys()].filter((other) => other !== item.id);
    for (const [place, id] of item.requires.entries()) {
      if (!byId.has(id)) throw unknownName(file, `/items/${index}/requires/${place}`, "item", id, others);
    }
  }
  for (const [index, item] of items.entries()) {
    const path = `/items/${index}/requires`;
    if (item.kind === "penalty" && item.requires.length > 0) {
      throw rubricFault(file, path, {
        found: "a penalty that waits for another item",
        expected: "`requires` on items that earn points",
        hint: "Leave it out: a penalty is taken off only where its own item is missed.",
      });
    }
    const circle = circleFrom(item.id, byId, []);
    if (circle) {
      throw rubricFault(file, path, {
        found: `a circle: ${circle.join(" waits for ")}`,
        expected: "Items that can be judged one after the other",
        hint: "Take one of these out of `requires`.",
      });
    }
  }
}

/** The way from an item back to itself, or null. */
function circleFrom(
  id: string,
  byId: ReadonlyMap<string, CompiledItem>,
  way: readonly string[],
): string[] | null {
  if (way[0] === id) return [...way, id];
  // A circle that this item only leads into is found from an item on it.
  if (way.includes(id)) return null;
  for (const next of (byId.get(id) as CompiledItem).requires) {
    const circle = circleFrom(next, byId, [...way, id]);
    if (circle) return circle;
  }
  return null;
}
