import { expect, test } from "vitest";
import { parseUntrustedJson, parseUntrustedText } from "../../../src/models/bytes/parse-untrusted-json.js";

const parse = (text: string) => parseUntrustedText(text, "model.json", "its text");

test("ordinary JSON is parsed as JSON.parse does", () => {
  const value = { a: [1, -2.5e-3, null, true], 'b"\\': { c: "{[:,]}", d: "\u00e9" }, e: {} };
  expect(parse(JSON.stringify(value))).toEqual(value);
  expect(parse(JSON.stringify(value, null, 2))).toEqual(value);
});

test("the same key may stand in two objects, but not twice in one", () => {
  expect(parse('{"a":{"x":1},"b":{"x":2},"c":[{"x":3},{"x":4}]}')).toHaveProperty("c");
  expect(() => parse('{"score":0,"other":{},"score":100}')).toThrow(/the key score twice/);
  expect(() => parse('{"score":0,"sc\\u006fre":100}')).toThrow(/the key score twice/);
});

test.each(["__proto__", "constructor", "prototype", "__pr\\u006fto__"])("the key %s is refused", (key) => {
  expect(() => parse(`{"a":{"${key}":{"x":1}}}`)).toThrow(/has the key/);
});

test("a value that reads like a reserved key is fine", () => {
  expect(parse('{"a":"__proto__"}')).toEqual({ a: "__proto__" });
});

test("more than 64 levels are refused, a million of them as fast as 65", () => {
  expect(parse(`${'{"a":'.repeat(63)}{}${"}".repeat(63)}`)).toHaveProperty("a");
  expect(() => parse(`{"a":${"[".repeat(64)}`)).toThrow(/more than 64 levels/);
  const before = process.cpuUsage();
  expect(() => parse(`{"a":${"[".repeat(1_000_000)}`)).toThrow(/more than 64 levels/);
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});

test.each([
  ["1e999", /number that is too large/],
  ["NaN", /is not JSON/],
  ["{", /is not JSON/],
  ["[1]", /is not JSON|not a JSON object/],
])("%s is refused", (value, why) => {
  expect(() => parse(value.startsWith("[") ? value : `{"a":${value}}`)).toThrow(why);
});

test("text that is too long or no UTF-8 is refused", () => {
  const bytes = new TextEncoder().encode('{"a":1}');
  expect(() => parseUntrustedJson(bytes, 3, "model.json", "its text")).toThrow(/longer than 3 bytes/);
  expect(() => parseUntrustedJson(Uint8Array.of(0xff, 0xfe), 9, "model.json", "its text")).toThrow(
    /not UTF-8/,
  );
});
