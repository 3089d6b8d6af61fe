import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { FrostlineFault } from "../../src/contract/index.js";
import { takeIn } from "../../src/intake/index.js";
import { faultOf, scratch } from "./scratch.js";
import { makeZip, type ZipEntry } from "./zip-file.js";

const LIMITS = { files: 20, submissionMb: 64 };

async function zipped(bytes: Uint8Array, name = "eva.zip"): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, bytes);
  return path;
}
const refusal = async (entries: ZipEntry[], limits = LIMITS) =>
  faultOf(takeIn(await zipped(makeZip(entries)), limits));

test("an archive and the folder it was made from are the same submission", async () => {
  const files = { "main.js": Buffer.from("train()"), "lib/head.js": Buffer.from("dense") };
  const fromZip = await takeIn(await zipped(zipSync(files)), LIMITS);
  const fromFolder = await takeIn(await scratch(files), LIMITS);
  expect(fromZip.id).toBe("eva");
  expect(fromZip.hash).toBe(fromFolder.hash);
  expect(Buffer.from(fromZip.read("main.js")).toString()).toBe("train()");
});

test("a single folder around everything is taken off, once", async () => {
  const wrapped = await takeIn(
    await zipped(
      zipSync({
        "hw3/main.js": Buffer.of(1),
        "hw3/lib/a.js": Buffer.of(2),
        "__MACOSX/hw3/._main.js": Buffer.of(3),
      }),
    ),
    LIMITS,
  );
  expect(wrapped.files.map(({ path }) => path)).toEqual(["lib/a.js", "main.js"]);
  const twice = await takeIn(await zipped(zipSync({ "a/b/main.js": Buffer.of(1) })), LIMITS);
  expect(twice.files.map(({ path }) => path)).toEqual(["b/main.js"]);
});

test.each(["../escape.js", "a/../../escape.js", "/etc/cron.d/x", "a\\..\\b.js", "C:/x.js"])(
  "the entry %s is refused by name",
  async (name) => {
    expect(await refusal([{ name: "main.js" }, { name }])).toMatchObject({
      code: "intake-odd-name",
      blame: "submission",
    });
  },
);

test("control characters, wrong UTF-8 and names of over 255 bytes are refused", async () => {
  for (const name of ["a\u0000b", "a\u001b[2Jb", "a\u202eb", Buffer.from([0x61, 0xff]), "x".repeat(256)])
    expect(await refusal([{ name }])).toMatchObject({ code: "intake-odd-name" });
});

test("the same name twice is refused, also in another case, another normal form, or as file and folder", async () => {
  const pairs = [
    ["a.js", "a.js"],
    ["a.js", "A.js"],
    ["\u00e9.js", "e\u0301.js"],
    ["a", "a/b.js"],
    ["a/b.js", "a"],
  ];
  for (const [one = "", other = ""] of pairs)
    expect(await refusal([{ name: one }, { name: other }])).toMatchObject({ code: "intake-odd-name" });
});

test("links and devices inside an archive are refused", async () => {
  const link = await refusal([
    { name: "main.js" },
    { name: "labels", mode: 0o120777, content: "/etc/passwd" },
  ]);
  expect(link).toMatchObject({ code: "intake-link", file: "labels" });
  expect(await refusal([{ name: "sda", mode: 0o060644 }])).toMatchObject({
    code: "intake-special-file",
    file: "sda",
  });
});

test("an encrypted archive is refused in words that say so", async () => {
  expect(await refusal([{ name: "main.js", content: "x", flags: 0x801 }])).toMatchObject({
    code: "intake-archive-broken",
    why: "`main.js` is encrypted",
  });
});

test("a bomb is stopped before it is unpacked", async () => {
  const zeros = Buffer.alloc(32 * 2 ** 20);
  const bomb = makeZip([{ name: "a.bin", content: zeros }, { name: "main.js" }]);
  expect(bomb.length).toBeLessThan(64 * 1024);
  expect(await faultOf(takeIn(await zipped(bomb), LIMITS))).toMatchObject({
    code: "intake-archive-bomb",
    file: "eva.zip",
  });
});

test("a bomb that lies about its size is stopped at the size it declared", async () => {
  const zeros = Buffer.alloc(32 * 2 ** 20);
  expect(await refusal([{ name: "a.bin", content: zeros, declaredBytes: 100 }])).toMatchObject({
    code: "intake-archive-broken",
    why: expect.stringContaining("expected 100"),
  });
});

test("a few zero-filled weights are no bomb, however well they compress", async () => {
  const snapshot = await takeIn(
    await zipped(makeZip([{ name: "bias.bin", content: Buffer.alloc(2 ** 20) }])),
    LIMITS,
  );
  expect(snapshot.files[0]?.bytes).toBe(2 ** 20);
});

test("an archive is held to the same limits of files and bytes as a folder", async () => {
  const many = Array.from({ length: 21 }, (_, i) => ({ name: `${i}.js` }));
  expect(await refusal(many)).toMatchObject({ code: "intake-too-many-files", limit: 20 });
  const content = Buffer.from(Array.from({ length: 2 ** 20 + 1 }, (_, i) => (i * i) % 251));
  const limits = { files: 20, submissionMb: 1 };
  expect(await refusal([{ name: "w.bin", content }], limits)).toMatchObject({
    code: "intake-too-large",
    file: "w.bin",
  });
});

test("a list of 60,000 entries is refused before it is read", async () => {
  const bytes = makeZip([]);
  bytes.writeUInt16LE(60_000, 10);
  expect(await faultOf(takeIn(await zipped(bytes), LIMITS))).toMatchObject({
    code: "intake-too-many-files",
    limit: 50_000,
  });
});

test("truncated, altered and foreign files are called broken, never a crash", async () => {
  const honest = makeZip([{ name: "main.js", content: "console.log(1)" }]);
  for (let cut = 0; cut < honest.length; cut += 7)
    expect(await faultOf(takeIn(await zipped(honest.subarray(0, cut)), LIMITS))).toMatchObject({
      code: "intake-archive-broken",
    });
  const wrongSum = await refusal([{ name: "main.js", content: "x", declaredCrc: 1 }]);
  expect(wrongSum).toMatchObject({
    code: "intake-archive-broken",
    why: "the checksum of `main.js` is wrong",
  });
  const rar = await zipped(Buffer.from("Rar!\u001a\u0007\u0000"), "bob.rar");
  expect(await faultOf(takeIn(rar, LIMITS))).toMatchObject({
    code: "intake-archive-broken",
    file: "bob.rar",
  });
});

test("archives with one byte changed give files or a fault, whichever byte it is", async () => {
  const honest = makeZip([
    { name: "main.js", content: "console.log(1)" },
    { name: "lib/a.js", content: "x".repeat(99) },
  ]);
  const path = await zipped(honest);
  for (let at = 0; at < honest.length; at += 1) {
    const altered = Buffer.from(honest);
    altered[at] = ((altered[at] ?? 0) + 1 + ((at * 7919) % 255)) % 256;
    await writeFile(path, altered);
    await takeIn(path, LIMITS).catch((error: unknown) => expect(error).toBeInstanceOf(FrostlineFault));
  }
});
