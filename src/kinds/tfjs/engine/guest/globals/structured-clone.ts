/** A deep copy of plain data; what cannot be copied (functions, tensors) is an error, as in Node. */
export function structuredClone(value: unknown, copies = new Map<object, unknown>()): unknown {
  if (typeof value === "function" || typeof value === "symbol")
    throw new TypeError(`${String(value).slice(0, 60)} could not be cloned.`);
  if (typeof value !== "object" || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (value instanceof Date) return new Date(value);
  if (value instanceof RegExp) return new RegExp(value);
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) return (value as Float32Array).slice();
  if (value instanceof Error)
    return Object.assign(new Error(value.message), { name: value.name, stack: value.stack });
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    copies.set(value, copy);
    for (const [key, item] of value) copy.set(structuredClone(key, copies), structuredClone(item, copies));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    copies.set(value, copy);
    for (const item of value) copy.add(structuredClone(item, copies));
    return copy;
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(copy, key, {
      value: structuredClone(item, copies),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return copy;
}
