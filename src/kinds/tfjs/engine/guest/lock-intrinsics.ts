const LOCKED =
  "Object Array JSON Map Set WeakMap WeakSet Promise Reflect String Number Boolean BigInt RegExp Symbol ArrayBuffer " +
  "DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array " +
  "Float64Array BigInt64Array Proxy eval";

/** Prototypes whose methods programs override in their own objects by assignment, which locking would forbid. */
const OPEN = new Set(["toString", "valueOf", "constructor", "toJSON", "name", "message", "length"]);

/**
 * Makes the methods of JavaScript's own objects unchangeable, so that a program cannot change what the recorder
 * computes with. New properties can still be added.
 */
export function lockIntrinsics(): void {
  const functionPrototype = Function.prototype;
  for (const name of ["call", "apply", "bind"]) lock(functionPrototype, name);
  for (const name of LOCKED.split(" ")) {
    const intrinsic: unknown = Reflect.get(globalThis, name);
    lock(globalThis, name);
    for (const holder of [intrinsic, name === "Object" ? undefined : prototypeOf(intrinsic)])
      if (holder !== undefined) lockMethods(holder as object);
  }
  lockMethods(Object.getPrototypeOf(Uint8Array.prototype));
  lockMethods(Object.getPrototypeOf([][Symbol.iterator]()));
  lockMethods(Object.getPrototypeOf(new Map()[Symbol.iterator]()));
  lockMethods(Object.getPrototypeOf(new Set()[Symbol.iterator]()));
}

function prototypeOf(intrinsic: unknown): object | undefined {
  return typeof intrinsic === "function" ? intrinsic.prototype : undefined;
}

function lockMethods(holder: object): void {
  for (const name of Reflect.ownKeys(holder))
    if (typeof name === "symbol" || !OPEN.has(name)) lock(holder, name);
}

function lock(holder: object, name: string | symbol): void {
  const property = Object.getOwnPropertyDescriptor(holder, name);
  if (property === undefined || !property.configurable) return;
  if ("value" in property && (typeof property.value === "function" || holder === globalThis))
    Object.defineProperty(holder, name, { writable: false, configurable: false });
  else if ("get" in property) Object.defineProperty(holder, name, { configurable: false });
}
