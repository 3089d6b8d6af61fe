/**
 * `derive`, worked out once for the same two objects: a dozen graders and the pictures of a page ask the same of one
 * submission. What evidence holds is never changed, and what is derived from it must not be either.
 */
export function deriveOnce<A extends object, B extends object, Derived>(
  derive: (first: A, second: B) => Derived,
): (first: A, second: B) => Derived {
  const known = new WeakMap<A, WeakMap<B, { derived: Derived }>>();
  return (first, second) => {
    const bySecond = known.get(first) ?? new WeakMap<B, { derived: Derived }>();
    known.set(first, bySecond);
    const made = bySecond.get(second) ?? { derived: derive(first, second) };
    bySecond.set(second, made);
    return made.derived;
  };
}
