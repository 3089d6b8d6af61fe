import { inspect } from "../inspect.js";
import { isDeepStrictEqual } from "./util.js";

export class AssertionError extends Error {
  override name = "AssertionError";
  readonly code = "ERR_ASSERTION";
}

type Message = string | Error | undefined;

/** Node's `assert`: ok, equal, deepEqual and their strict, negative and throwing relatives. */
export const assert = Object.assign((value: unknown, message?: Message) => ok(value, message), {
  AssertionError,
  ok,
  fail: (message?: Message) => raise(message, "Failed"),
  equal: (a: unknown, b: unknown, message?: Message) => compare(looselyEqual(a, b), a, "==", b, message),
  notEqual: (a: unknown, b: unknown, message?: Message) => compare(!looselyEqual(a, b), a, "!=", b, message),
  strictEqual: (a: unknown, b: unknown, message?: Message) => compare(Object.is(a, b), a, "===", b, message),
  notStrictEqual: (a: unknown, b: unknown, message?: Message) =>
    compare(!Object.is(a, b), a, "!==", b, message),
  deepEqual: deepStrictEqual,
  deepStrictEqual,
  notDeepStrictEqual: (a: unknown, b: unknown, message?: Message) =>
    compare(!isDeepStrictEqual(a, b), a, "to differ from", b, message),
  throws(action: () => unknown, message?: Message) {
    try {
      action();
    } catch {
      return;
    }
    raise(message, "Missing expected exception.");
  },
  async rejects(action: Promise<unknown> | (() => Promise<unknown>), message?: Message) {
    try {
      await (typeof action === "function" ? action() : action);
    } catch {
      return;
    }
    raise(message, "Missing expected rejection.");
  },
});

function ok(value: unknown, message?: Message): void {
  if (!value) raise(message, `The expression evaluated to a falsy value: ${inspect(value)}`);
}

function deepStrictEqual(a: unknown, b: unknown, message?: Message): void {
  compare(isDeepStrictEqual(a, b), a, "to equal", b, message);
}

function compare(holds: boolean, a: unknown, relation: string, b: unknown, message: Message): void {
  if (!holds) raise(message, `Expected ${inspect(a)} ${relation} ${inspect(b)}`);
}

function raise(message: Message, otherwise: string): never {
  if (message instanceof Error) throw message;
  throw new AssertionError(message ?? otherwise);
}

/** What `==` says, which this facade promises to old programs. */
function looselyEqual(a: unknown, b: unknown): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: it is the meaning of assert.equal
  return Object.is(a, b) || a == b;
}
