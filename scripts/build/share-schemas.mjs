import { Kind } from "@sinclair/typebox";

/** Smaller parts are checked faster in place than by a call. */
const WORTH_A_CALL = 300;

/**
 * Schemas in which a large part that stands in several places is referred to, and those parts by the names they are
 * referred to. A fault stands in evidence thirteen times; the code that checks it need not.
 * @param {[name: string, schema: object][]} schemas
 * @returns {{ schemas: [name: string, schema: object][], shared: [name: string, schema: object][] }}
 */
export function shareSchemas(schemas) {
  const places = new Map();
  const count = (part) => {
    if (typeof part !== "object" || part === null) return;
    places.set(part, (places.get(part) ?? 0) + 1);
    // What is inside a part that was seen before need not be counted again: it is only written once.
    if (places.get(part) === 1) Object.values(part).forEach(count);
  };
  for (const [, schema] of schemas) count(schema);

  const names = new Map();
  for (const [part, times] of places)
    if (times > 1 && Kind in part && JSON.stringify(part).length >= WORTH_A_CALL)
      names.set(part, `shared${names.size}`);

  const inside = (part) => {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map(referred);
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, referred(value)]));
  };
  const referred = (part) => (names.has(part) ? { $ref: names.get(part) } : inside(part));
  return {
    schemas: schemas.map(([name, schema]) => [name, referred(schema)]),
    shared: [...names].map(([part, name]) => [name, inside(part)]),
  };
}
