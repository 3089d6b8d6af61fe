type Method = (this: never, ...args: never[]) => unknown;

/**
 * Puts a wrapper around a method of a prototype or namespace and locks it there.
 * @param around gets the original and returns what stands in its place
 */
export function hook<M extends Method>(owner: object, name: string, around: (original: M) => M): void {
  const original = Reflect.get(owner, name) as M;
  const wrapped = around(original);
  Object.defineProperty(wrapped, "name", { value: name });
  Object.defineProperty(owner, name, {
    value: wrapped,
    writable: false,
    configurable: false,
    enumerable: true,
  });
}
