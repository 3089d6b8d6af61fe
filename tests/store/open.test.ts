import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.js";
import { faultOf, scratch } from "../intake/scratch.js";
import { classFolders, ROOT, storeIn } from "./pictures.js";

const flowers = classFolders("flowers/", ["daisy", "iris"], 10);

async function storeWithFlowers() {
  const folder = await scratch(flowers);
  const store = storeIn(join(folder, "store"));
  const added = await store.addDataset({ source: join(folder, "flowers") });
  return { folder, store, added };
}

test("a fresh store offers what comes with Frostline, verified and by its exact version", async () => {
  const store = storeIn(await scratch());
  const [emoji] = await store.listDatasets();
  const [base] = await store.listBases();
  expect(emoji?.facts.name).toBe("emoji");
  expect(emoji?.bundled).toBe(true);
  expect(emoji?.ref).toMatch(/^emoji@[0-9a-f]{64}$/);
  expect((await store.openDataset(emoji?.ref ?? "")).ref).toBe(emoji?.ref);
  expect((await store.openBase(base?.ref ?? "")).facts.tensors.length).toBeGreaterThan(0);
  expect((await store.verify()).map(({ fault }) => fault)).toEqual([null, null]);
});

test("examples are the files of one split with the index of their class, in the manifest's order", async () => {
  const { store, added } = await storeWithFlowers();
  const open = await store.openDataset("flowers");
  const hidden = open.examples("hidden");
  expect(hidden.map(({ label }) => label)).toEqual([0, 0, 0, 1, 1, 1]);
  expect(hidden.every(({ path }) => path.startsWith(join(added.folder, "hidden")))).toBe(true);
  expect(open.examples("shifted")).toEqual([]);
});

test("an unknown name is answered with the known names and the nearest", async () => {
  const { store } = await storeWithFlowers();
  const fault = await faultOf(store.openDataset("flower"));
  expect(fault).toMatchObject({ code: "dataset-missing", blame: "instructor", known: "emoji, flowers" });
  expect(fault["hint"]).toMatch(/^Did you mean `flowers`\?/);
  expect(await faultOf(store.openBase("vgg16"))).toMatchObject({
    code: "base-missing",
    known: "efficientnet-lite0-stage5",
  });
  expect(await faultOf(store.openDataset("../bundled/emoji"))).toMatchObject({ code: "dataset-missing" });
});

test("a version other than the one named is refused, naming the one that is there", async () => {
  const { store, added } = await storeWithFlowers();
  expect(await faultOf(store.openDataset(`flowers@${"0".repeat(64)}`))).toMatchObject({
    code: "dataset-invalid",
    why: expect.stringContaining(added.ref),
  });
});

test("one changed byte is found on open and by verify, and the file is named", async () => {
  const { store, added } = await storeWithFlowers();
  const file = join(added.folder, added.facts.files[7]?.path ?? "");
  await writeFile(file, "changed");
  const corrupt = { code: "store-corrupt", file, why: "differs from its recorded hash" };
  expect(await faultOf(store.openDataset("flowers"))).toMatchObject({ ...corrupt, blame: "harness" });
  const faults = (await store.verify()).map(({ ref, fault }) => [
    ref.split("@")[0],
    fault?.params["file"] ?? null,
  ]);
  expect(faults).toEqual([
    ["emoji", null],
    ["flowers", file],
    ["efficientnet-lite0-stage5", null],
  ]);
});

test("a missing file and an unreadable manifest are found by verify without hiding the others", async () => {
  const { store, added } = await storeWithFlowers();
  await cp(added.folder, join(added.folder, "../tulips"), { recursive: true });
  await mkdir(join(added.folder, "../roses"));
  await writeFile(join(added.folder, "../roses/dataset.json"), "{");
  await rm(join(added.folder, added.facts.files[0]?.path ?? ""));
  expect(await faultOf(store.openDataset("flowers"))).toMatchObject({
    code: "store-corrupt",
    why: "cannot be read (ENOENT)",
  });
  const codes = (await store.verify()).map(({ ref, fault }) => [ref.split("@")[0], fault?.code ?? null]);
  expect(codes).toEqual([
    ["emoji", null],
    ["flowers", "store-corrupt"],
    ["roses", "json-unreadable"],
    ["tulips", "dataset-invalid"],
    ["efficientnet-lite0-stage5", null],
  ]);
});

test("a manifest cannot point outside its folder", async () => {
  const { folder, store, added } = await storeWithFlowers();
  const manifest = { ...added.facts, files: [{ path: "train/../../../../secret", sha256: "0".repeat(64) }] };
  await writeFile(join(folder, "secret"), "x");
  await writeFile(join(added.folder, "dataset.json"), JSON.stringify(manifest));
  expect(await faultOf(store.openDataset("flowers"))).toMatchObject({
    code: "store-corrupt",
    why: "lies outside its entry",
  });
});

test("a moved store is the same store, and the environment may name it", async () => {
  const { folder, added } = await storeWithFlowers();
  await rename(join(folder, "store"), join(folder, "moved"));
  process.env["FROSTLINE_STORE"] = join(folder, "moved");
  try {
    expect((await openStore({ root: ROOT }).openDataset("flowers")).ref).toBe(added.ref);
  } finally {
    delete process.env["FROSTLINE_STORE"];
  }
});
