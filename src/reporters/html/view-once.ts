/** Gives what `make` makes, made once for the very same parts. */
export type ViewOnce = <T>(parts: readonly unknown[], make: () => T) => T;

/**
 * Lets the pages of one submission share what they both show. Parts are the same only by identity, so what a student
 * must not see, and therefore has another part for, is never shared.
 */
export function viewOnce(): ViewOnce {
  const made: { parts: readonly unknown[]; view: unknown }[] = [];
  return <T>(parts: readonly unknown[], make: () => T): T => {
    const known = made.find((one) => parts.every((part, index) => part === one.parts[index]));
    if (known) return known.view as T;
    const view = make();
    made.push({ parts, view });
    return view;
  };
}
