import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "fast-png";
import { expect, test } from "vitest";
import type { Dataset } from "../../src/contract/index.js";
import { faultOf, scratch } from "../intake/scratch.js";
import { REFERENCE } from "../reference.js";
import { classFolders, png, storeIn } from "./pictures.js";

async function add(files: Record<string, string | Uint8Array>, options: Record<string, number> = {}) {
  const folder = await scratch(files);
  return storeIn(join(folder, "store")).addDataset({ source: join(folder, "set"), ...options });
}
const splitOf = (facts: Dataset) =>
  Object.fromEntries(facts.files.map(({ path }) => [path.slice(path.indexOf("/") + 1), path.split("/")[0]]));

test("a folder for each class is divided by class into train, validation and hidden", async () => {
  const { facts, dropped } = await add(classFolders("set/", ["b", "a"], 20));
  expect(facts.classes).toEqual(["a", "b"]);
  expect(facts.counts).toEqual({
    train: { a: 12, b: 12 },
    validation: { a: 3, b: 3 },
    hidden: { a: 5, b: 5 },
  });
  expect(facts.image).toEqual({ width: 4, height: 4, channels: 3 });
  expect(dropped).toEqual([]);
});

test("the same seed divides alike whatever the files are called; another seed does not", async () => {
  const files = classFolders("set/", ["a", "b"], 20);
  const one = await add(files);
  expect((await add(files)).ref).toBe(one.ref);
  expect(splitOf((await add(files, { seed: 2 })).facts)).not.toEqual(splitOf(one.facts));
  const renamed = Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path.replace(".png", "-x.png"), bytes]),
  );
  const bySha = ({ files: named }: Dataset) =>
    Object.fromEntries(named.map(({ path, sha256 }) => [sha256, path.split("/")[0]]));
  expect(bySha((await add(renamed)).facts)).toEqual(bySha(one.facts));
});

test("copies of a picture stay on one side of the split", async () => {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 60; i += 1)
    for (const label of ["a", "b"])
      files[`set/${label}/${i}.png`] = png((label === "a" ? 0 : 1000) + (i % 20));
  const { facts } = await add(files);
  const sides = new Map<string, Set<string>>();
  for (const { path, sha256 } of facts.files)
    sides.set(sha256, (sides.get(sha256) ?? new Set()).add(path.split("/")[0] ?? ""));
  expect(sides.size).toBe(40);
  expect([...sides.values()].every((splits) => splits.size === 1)).toBe(true);
  expect(facts.files).toHaveLength(120);
});

test("a given test part becomes hidden, validation is drawn from train, and leaks are dropped from train", async () => {
  const { facts, dropped } = await add({
    ...classFolders("set/train/", ["a", "b"], 20),
    ...classFolders("set/test/", ["a", "b"], 5, 500),
    "set/train/a/leak.png": png(500),
  });
  expect(facts.counts["hidden"]).toEqual({ a: 5, b: 5 });
  expect(facts.counts["validation"]).toEqual({ a: 3, b: 3 });
  expect(facts.counts["train"]).toEqual({ a: 17, b: 17 });
  expect(dropped).toEqual([{ origin: "train/a/leak.png", why: "the same picture is at test/a/0.png" }]);
});

test("given validation and shifted parts are taken as they are", async () => {
  const { facts } = await add({
    ...classFolders("set/train/", ["a", "b"], 6),
    ...classFolders("set/validation/", ["a", "b"], 2, 100),
    ...classFolders("set/test/", ["a", "b"], 3, 200),
    ...classFolders("set/shifted/", ["a", "b"], 4, 300),
  });
  expect(facts.counts).toEqual({
    train: { a: 6, b: 6 },
    validation: { a: 2, b: 2 },
    hidden: { a: 3, b: 3 },
    shifted: { a: 4, b: 4 },
  });
});

test("a class called train beside other classes is a class", async () => {
  const { facts } = await add(classFolders("set/", ["car", "plane", "train"], 5));
  expect(facts.classes).toEqual(["car", "plane", "train"]);
});

test("a picture under two labels is left out and reported twice", async () => {
  const { dropped } = await add({
    ...classFolders("set/", ["a", "b"], 9),
    "set/a/x.png": png(999),
    "set/b/y.png": png(999),
  });
  expect(dropped.map(({ origin }) => origin)).toEqual(["a/x.png", "b/y.png"]);
  expect(dropped[0]?.why).toBe("the same picture is in the classes a and b");
});

test("the size of most pictures is the data set's, and others are kept as they are", async () => {
  const wide = encode({ width: 9, height: 2, data: new Uint8Array(54), channels: 3, depth: 8 });
  const { facts } = await add({ ...classFolders("set/", ["a", "b"], 9), "set/a/wide.png": wide });
  expect(facts.image).toEqual({ width: 4, height: 4, channels: 3 });
  expect(facts.files).toHaveLength(19);
});

test.each<[string, Record<string, string | Uint8Array>, string, RegExp]>([
  ["another format", { "set/a/n.gif": "GIF89a" }, "a/n.gif", /neither a PNG nor a JPEG/],
  ["a cut JPEG", { "set/a/n.jpg": Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4]) }, "a/n.jpg", /neither/],
  ["a folder inside a class", { "set/a/more/1.png": png(77) }, "a", /holds a folder, `more`/],
  ["a class of one picture", { "set/c/1.png": png(77) }, "c", /1 different pictures, too few/],
])("%s is refused by name and leaves nothing in the store", async (_, extra, name, why) => {
  const folder = await scratch({ ...classFolders("set/", ["a", "b"], 5), ...extra });
  const store = storeIn(join(folder, "store"));
  const fault = await faultOf(store.addDataset({ source: join(folder, "set") }));
  expect(fault).toMatchObject({
    code: "dataset-invalid",
    blame: "instructor",
    name,
    why: expect.stringMatching(why),
  });
  expect(existsSync(join(folder, "store"))).toBe(false);
});

test("a test class without training pictures, a single class and impossible shares are refused", async () => {
  const given = {
    ...classFolders("set/train/", ["a", "b"], 5),
    ...classFolders("set/test/", ["a", "z"], 3, 100),
  };
  expect(await faultOf(add(given))).toMatchObject({ why: "the class `z` has no pictures to train on" });
  expect(await faultOf(add(classFolders("set/", ["a"], 5)))).toMatchObject({ why: "it has one class, a" });
  const two = classFolders("set/", ["a", "b"], 5);
  expect(await faultOf(add(two, { hiddenFraction: 0.9 }))).toMatchObject({ code: "option-invalid" });
});

test("a name that is taken is refused, also one of Frostline's own, and a name that cannot be", async () => {
  const folder = await scratch(classFolders("My Set/", ["a", "b"], 5));
  const store = storeIn(join(folder, "store"));
  const source = join(folder, "My Set");
  expect((await store.addDataset({ source })).ref).toMatch(/^my-set@/);
  const taken = { code: "dataset-invalid", why: "the store already holds one of this name" };
  expect(await faultOf(store.addDataset({ source }))).toMatchObject(taken);
  expect(await faultOf(store.addDataset({ source, name: "emoji" }))).toMatchObject(taken);
  expect(await faultOf(store.addDataset({ source, name: "../x" }))).toMatchObject({ code: "option-invalid" });
  expect(await readdir(join(folder, "store/datasets"))).toEqual(["my-set"]);
});

test("flowers12 keeps its test part hidden and every class at 51, 9 and 20", async (ctx) => {
  if (!existsSync(join(REFERENCE, "data", "flowers12")))
    ctx.skip("the reference data set flowers12 is not here");
  const store = storeIn(await scratch());
  const { facts, dropped } = await store.addDataset({ source: join(REFERENCE, "data", "flowers12") });
  expect(facts.classes).toHaveLength(12);
  expect(facts.image).toEqual({ width: 224, height: 224, channels: 3 });
  for (const [split, count] of [
    ["train", 51],
    ["validation", 9],
    ["hidden", 20],
  ] as const)
    expect(new Set(Object.values(facts.counts[split] ?? {}))).toEqual(new Set([count]));
  expect(dropped).toEqual([]);
  expect((await store.openDataset("flowers12")).examples("train")).toHaveLength(612);
});

test("a store that cannot be written is the harness's trouble, and says where", async () => {
  const folder = await scratch({ ...classFolders("set/", ["a", "b"], 5), store: "a file stands here" });
  const fault = await faultOf(storeIn(join(folder, "store")).addDataset({ source: join(folder, "set") }));
  expect(fault).toMatchObject({
    code: "output-unwritable",
    blame: "harness",
    path: join(folder, "store/datasets/set"),
  });
});
