import { type Zippable, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readZip } from "../../../src/models/bytes/read-zip.js";

const LIMIT = 10 * 1024 * 1024;
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const open = (archive: Uint8Array) => readZip(archive, LIMIT, "model.keras");
const zip = (files: Zippable, level: 0 | 9 = 0): Uint8Array => zipSync(files, { level });

test("members are read whether they are stored or deflated", () => {
  for (const level of [0, 9] as const) {
    const members = open(zip({ "config.json": text("{}"), "assets/words.txt": text("a".repeat(99)) }, level));
    expect([...members.keys()]).toEqual(["config.json", "assets/words.txt"]);
    expect(Buffer.from(members.get("assets/words.txt")?.read() ?? []).toString()).toBe("a".repeat(99));
  }
});

test("stored members are views of the archive, not copies", () => {
  const archive = zip({ "model.weights.h5": new Uint8Array(1000) });
  expect(open(archive).get("model.weights.h5")?.read().buffer).toBe(archive.buffer);
});

test.each(["../evil", "/etc/passwd", "a/../../b", "a\\b", "c:evil", "bell\u0007", "a//b", "./a"])(
  "a member called %j is refused",
  (name) => {
    expect(() => open(zip({ [name]: text("x") }))).toThrow(/holds a file with the name/);
  },
);

test("names that are the same file on some system are refused", () => {
  expect(() => open(zip({ "config.json": text("{}"), "CONFIG.JSON": text("{}") }))).toThrow(/twice/);
  expect(() => open(zip({ "caf\u00e9": text("1"), "cafe\u0301": text("2") }))).toThrow(/twice/);
});

test("a member that unpacks to far more than its size is refused before it is unpacked", () => {
  expect(() => open(zip({ "model.weights.h5": new Uint8Array(8 * 1024 * 1024) }, 9))).toThrow(
    /far more than its size/,
  );
});

test("members that come to more than the limit together are refused", () => {
  const half = new Uint8Array(6 * 1024 * 1024);
  expect(() => open(zip({ a: half, b: half }))).toThrow(/unpacks to more than/);
});

test("more than 64 members are refused", () => {
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, text("x")]));
  expect(() => open(zip(many))).toThrow(/holds 65 files/);
});

test("a size that is a lie is found out when the member is read", () => {
  const archive = zip({ "config.json": text("x".repeat(5000)) }, 9);
  const directory = indexOf(archive, "PK\u0001\u0002");
  new DataView(archive.buffer).setUint32(directory + 24, 4000, true);
  expect(() => open(archive).get("config.json")?.read()).toThrow(/lies about its size/);
});

test("links and encrypted members are refused", () => {
  const link = zip({ "config.json": [text("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }] });
  expect(() => open(link)).toThrow(/not a plain file/);
  const encrypted = zip({ "config.json": text("{}") });
  new DataView(encrypted.buffer).setUint16(indexOf(encrypted, "PK\u0001\u0002") + 8, 1, true);
  expect(() => open(encrypted)).toThrow(/encrypted/);
});

test("what is no archive, or only the start of one, is refused", () => {
  const archive = zip({ "config.json": text("{}") });
  expect(() => open(archive.subarray(0, archive.byteLength - 10))).toThrow(/cut off/);
  expect(() => open(text("PK\u0003\u0004"))).toThrow(/no complete zip archive/);
});

function indexOf(bytes: Uint8Array, letters: string): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(letters, 0, "latin1");
}
