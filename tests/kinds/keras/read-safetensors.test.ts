import { expect, test } from "vitest";
import { readSafetensors } from "../../../src/kinds/keras/read-safetensors.js";

/** A file of the given table, with `values` floats behind it. */
function file(table: unknown, values = 0, length?: number): Uint8Array {
  const head = Buffer.from(typeof table === "string" ? table : JSON.stringify(table));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(length ?? head.length));
  const floats = Float32Array.from({ length: values }, (_, index) => index + 0.5);
  return Buffer.concat([size, head, Buffer.from(floats.buffer)]);
}

const entry = (shape: unknown, begin: number, end: number, dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

test("tensors come by name, with their values", () => {
  const read = readSafetensors(file({ "a/kernel": entry([2, 1], 0, 8), b: entry([], 8, 12) }, 3));
  expect([...(read ?? [])]).toEqual([
    ["a/kernel", Float32Array.of(0.5, 1.5)],
    ["b", Float32Array.of(2.5)],
  ]);
});

test.each<[string, Uint8Array]>([
  ["empty", new Uint8Array()],
  ["shorter than its table", file({}, 0, 4096)],
  ["with a table of the length of everything", file("{}", 0, Number.MAX_SAFE_INTEGER)],
  ["without JSON", file("nothing")],
  ["with null for a table", file("null")],
  ["with a prototype in its table", file('{"__proto__": {}}')],
  ["of another type", file({ a: entry([1], 0, 4, "F64") }, 1)],
  ["with a shape that is not its size", file({ a: entry([3], 0, 4) }, 1)],
  ["with a shape that is text", file({ a: entry("1", 0, 4) }, 1)],
  ["with a length below zero", file({ a: entry([-1], 0, -4) }, 1)],
  ["whose tensors lie on each other", file({ a: entry([1], 0, 4), b: entry([1], 0, 4) }, 2)],
  ["with a hole", file({ a: entry([1], 4, 8) }, 2)],
  ["cut short", file({ a: entry([2], 0, 8) }, 1)],
  ["with bytes that nothing names", file({ a: entry([1], 0, 4) }, 2)],
  ["with an entry that is a number", file({ a: 5 })],
])("a file %s is not read", (_, bytes) => {
  expect(readSafetensors(bytes)).toBeNull();
});
