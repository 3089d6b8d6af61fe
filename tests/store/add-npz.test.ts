import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { faultOf, scratch } from "../intake/scratch.js";
import { REFERENCE } from "../reference.js";
import { alternating, distinct, npy, npz, storeIn } from "./pictures.js";

async function add(arrays: Record<string, Uint8Array>) {
  const folder = await scratch({ "set.npz": npz(arrays) });
  const store = storeIn(join(folder, "store"));
  return { store, added: await store.addDataset({ source: join(folder, "set.npz") }) };
}
const images = (count: number, first = 0) => npy("|u1", [count, 2, 3], distinct(count, 6, first));
const labels = (count: number) => npy("|u1", [count, 1], alternating(count));

test("gray images become RGB pictures of the same values", async () => {
  const { store } = await add({ x: images(20), y: labels(20) });
  const open = await store.openDataset("set");
  const all = (["train", "validation", "hidden"] as const).flatMap((split) => open.examples(split));
  expect(all).toHaveLength(20);
  const seen = new Set<number>();
  for (const { path, label } of all) {
    const { width, height, channels, data } = decode(await readFile(path));
    expect([width, height, channels]).toEqual([3, 2, 3]);
    expect([data[0], data[1], data[2]]).toEqual(Array(3).fill(data[0]));
    expect(label).toBe((data[0] ?? 0) % 2);
    seen.add(data[0] ?? -1);
  }
  expect(seen.size).toBe(20);
});

test("RGB images and Keras's names for the parts are read, with int64 labels", async () => {
  const int64 = (count: number) =>
    npy(
      "<i8",
      [count],
      new Uint8Array(BigInt64Array.from(alternating(count), (label) => BigInt(label)).buffer),
    );
  const rgb = (count: number, first: number) => npy("|u1", [count, 2, 2, 3], distinct(count, 12, first));
  const { added } = await add({
    x_train: rgb(40, 0),
    y_train: int64(40),
    x_test: rgb(10, 100),
    y_test: int64(10),
  });
  expect(added.facts.counts).toEqual({
    train: { "class-0": 17, "class-1": 17 },
    validation: { "class-0": 3, "class-1": 3 },
    hidden: { "class-0": 5, "class-1": 5 },
  });
});

test("class names in the file are used, and numbers are padded so that their order stays", async () => {
  const names = ["zebra", "ant"].map((name) => name.padEnd(5, "\0"));
  const text = npy(
    "<U5",
    [2],
    new Uint8Array(Uint32Array.from(names.join(""), (c) => c.codePointAt(0) ?? 0).buffer),
  );
  const named = await add({ x: images(20), y: labels(20), class_names: text });
  expect(named.added.facts.classes).toEqual(["ant", "zebra"]);
  const many = npy(
    "|u1",
    [60],
    Uint8Array.from({ length: 60 }, (_, i) => i % 12),
  );
  const { added } = await add({ x: images(60), y: many });
  expect(added.facts.classes.slice(0, 3)).toEqual(["class-00", "class-01", "class-02"]);
  expect(added.facts.classes.at(-1)).toBe("class-11");
});

const u1 = (shape: number[], length: number) => npy("|u1", shape, new Uint8Array(length));
test.each<[string, Record<string, Uint8Array>, string, RegExp]>([
  ["objects", { x: images(4), y: npy("|O", [4], new Uint8Array(9)) }, "set.npz/y", /Python objects/],
  [
    "structures",
    { x: images(4), y: npy("[('a', '|u1')]", [4], new Uint8Array(4)) },
    "set.npz/y",
    /a structure/,
  ],
  [
    "big-endian numbers",
    { x: images(4), y: npy(">i2", [4], new Uint8Array(8)) },
    "set.npz/y",
    /little-endian/,
  ],
  ["float images", { x: npy("<f4", [4, 2, 3], new Uint8Array(96)), y: labels(4) }, "set.npz/x", /uint8/],
  ["channels first", { x: u1([4, 3, 8, 8], 768), y: labels(4) }, "set.npz/x", /\(4, 3, 8, 8\)/],
  [
    "columns first",
    { x: npy("|u1", [4, 2, 3], new Uint8Array(24), "True"), y: labels(4) },
    "set.npz/x",
    /column by column/,
  ],
  ["several labels an image", { x: images(4), y: u1([4, 14], 56) }, "set.npz/y", /\(4, 14\)/],
  ["fewer labels than images", { x: images(4), y: labels(3) }, "set.npz/x", /4 images for 3 labels/],
  ["images without labels", { x: images(4) }, "set.npz", /`x` alone/],
  ["unknown names", { pictures: images(4), answers: labels(4) }, "set.npz", /no arrays of images/],
  ["a shape larger than its data", { x: u1([2 ** 40, 2, 3], 24), y: labels(4) }, "set.npz/x", /24 bytes/],
  ["no numpy array", { x: new Uint8Array(40), y: labels(4) }, "set.npz/x", /not a numpy array/],
])("%s are refused, naming the array", async (_, arrays, name, why) => {
  expect(await faultOf(add(arrays))).toMatchObject({
    code: "dataset-invalid",
    name,
    why: expect.stringMatching(why),
  });
});

test("a file that is no archive is refused in words", async () => {
  const folder = await scratch({ "set.npz": "hello" });
  const fault = await faultOf(storeIn(join(folder, "store")).addDataset({ source: join(folder, "set.npz") }));
  expect(fault).toMatchObject({ code: "dataset-invalid", name: "set.npz" });
});

test("pneumoniamnist keeps its parts; its ten training images that are also in validation are dropped", async (ctx) => {
  const source = join(REFERENCE, "data", "pneumoniamnist.npz");
  if (!existsSync(source)) ctx.skip("the reference data set pneumoniamnist is not here");
  const store = storeIn(await scratch());
  const { facts, dropped } = await store.addDataset({ source });
  const total = (split: string) => Object.values(facts.counts[split] ?? {}).reduce((a, b) => a + b, 0);
  expect([total("train"), total("validation"), total("hidden")]).toEqual([3882 - dropped.length, 524, 624]);
  expect(facts.image).toEqual({ width: 28, height: 28, channels: 3 });
  expect(dropped).toHaveLength(10);
  expect(dropped[0]).toEqual({ origin: "train_images[221]", why: "the same picture is at val_images[172]" });
  const splits = new Map<string, string>();
  for (const { path, sha256 } of facts.files) {
    const split = path.split("/")[0] ?? "";
    expect(splits.get(sha256) ?? split).toBe(split);
    splits.set(sha256, split);
  }
});
