import { formatLog, inspect } from "../inspect.js";

type NodeStyle = (...args: unknown[]) => void;

/** Node's `util` as far as programs and tfjs-node use it. */
export function promisify(callee: NodeStyle): (...args: unknown[]) => Promise<unknown> {
  return (...args) =>
    new Promise((resolve, reject) => {
      callee(...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
}

export function callbackify(callee: (...args: unknown[]) => Promise<unknown>): NodeStyle {
  return (...args) => {
    const callback = args.pop() as (error: unknown, value?: unknown) => void;
    callee(...args).then((value) => callback(null, value), callback);
  };
}

export function inherits(child: { prototype: object }, parent: { prototype: object }): void {
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  const [recordA, recordB] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keysOfA.length === keysOfB.length &&
    keysOfA.every((key) => isDeepStrictEqual(recordA[key], recordB[key]))
  );
}

export const isArray = Array.isArray;
export const isNullOrUndefined = (value: unknown): boolean => value === null || value === undefined;
export const isString = (value: unknown): boolean => typeof value === "string";
export const deprecate = <T>(callee: T): T => callee;
export const format = (...args: unknown[]): string => formatLog(args);
export const types = {
  isTypedArray: (value: unknown): boolean => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value: unknown): boolean => value instanceof Uint8Array,
  isFloat32Array: (value: unknown): boolean => value instanceof Float32Array,
  isInt32Array: (value: unknown): boolean => value instanceof Int32Array,
  isUint8ClampedArray: (value: unknown): boolean => value instanceof Uint8ClampedArray,
  isPromise: (value: unknown): boolean => value instanceof Promise,
};
export const TextEncoder: unknown = Reflect.get(globalThis, "TextEncoder");
export const TextDecoder: unknown = Reflect.get(globalThis, "TextDecoder");
export { inspect };
