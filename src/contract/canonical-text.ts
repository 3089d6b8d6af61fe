import canonicalize from "canonicalize";

// The package is CommonJS whose types claim a default export; at run time the module itself is the function.
const serialise = canonicalize as unknown as (value: unknown) => string;

/**
 * JSON whose bytes do not depend on the order of fields. The value is taken as it would come back from a file, so
 * that judging before and after storing gives the same text.
 */
export function canonicalText(value: unknown): string {
  return serialise(JSON.parse(JSON.stringify(value)));
}
