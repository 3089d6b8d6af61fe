const LOCKED =
  "Object Array JSON Map Set WeakMap WeakSet Promise Reflect String Number Boolean BigInt RegExp Symbol Proxy eval";
/** Only the names of these are locked: V8's fast paths for typed arrays need their prototypes untouched. */
const NAMES_LOCKED =
  "ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array " +
  "Float32Array Float64Array BigInt64Array";

/** Methods that programs override in their own objects by assignment, which locking would forbid. */
const OPEN = new Set(["toString", "valueOf", "constructor", "toJSON", "name", "message"]);

/** V8 looks at how an object is used only after a function has run a few times. */
const READS = 8;

/**
 * Makes the methods of JavaScript's own objects unchangeable, so that a program cannot change what the recorder
 * computes with. New properties can still be added.
 */
export function lockIntrinsics(): void {
  for (const name of ["call", "apply", "bind"]) lock(Function.prototype, name);
  for (const name of NAMES_LOCKED.split(" ")) lock(globalThis, name);
  const holders: object[] = [];
  for (const name of LOCKED.split(" ")) {
    const intrinsic = Reflect.get(globalThis, name) as object;
    lock(globalThis, name);
    holders.push(intrinsic);
    // Every object inherits from Object.prototype, and its few methods are overridden often.
    if (name !== "Object" && typeof intrinsic === "function" && "prototype" in intrinsic)
      holders.push(intrinsic.prototype as object);
  }
  for (const iterable of [[], new Map(), new Set()])
    holders.push(Object.getPrototypeOf(iterable[Symbol.iterator]()));
  for (const holder of holders) lockMethods(holder);
  for (let i = 0; i < READS; i++) for (const holder of holders) readThrough(holder);
}

function lockMethods(holder: object): void {
  for (const name of Reflect.ownKeys(holder))
    if (typeof name === "symbol" || !OPEN.has(name)) lock(holder, name);
}

function lock(holder: object, name: string | symbol): void {
  const property = Object.getOwnPropertyDescriptor(holder, name);
  if (property?.configurable && (typeof property.value === "function" || holder === globalThis))
    Object.defineProperty(holder, name, { writable: false, configurable: false });
}

/**
 * Locking turns an object into a dictionary, through which V8 compiles every `Array.isArray` and `push` as a search by
 * name; reading through it as a prototype turns it back.
 */
function readThrough(holder: object): unknown {
  return (Object.create(holder) as { nothing?: unknown }).nothing;
}
