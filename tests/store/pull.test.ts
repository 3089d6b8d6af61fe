import { existsSync, statSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ModelFacts } from "../../src/contract/index.js";
import { readNativeParts } from "../../src/sandbox/index.js";
import { faultOf, scratch } from "../intake/scratch.js";
import { ROOT, storeIn } from "./pictures.js";
import { serveFile } from "./serve-file.js";

const BYTES = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) % 251);
/** A network whose files Keras has no hash of, and one with a hash. */
const WITHOUT_HASH = "mobilenet-0.25-224";
const FILE = "mobilenet_2_5_224_tf_no_top.h5";
const WITH_HASH = "vgg16";

test("a download that breaks is kept and continued where it stopped, and its progress is told", async () => {
  const folder = await scratch();
  const store = storeIn(folder);
  const part = join(folder, "downloads", `${FILE}.part`);
  const partBegun = () => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const { address: from, ranges } = await serveFile(BYTES, partBegun);
  expect(await faultOf(store.pull({ name: WITHOUT_HASH, from }))).toMatchObject({
    code: "download-failed",
    blame: "harness",
    address: `${from}/${FILE}`,
  });
  const had = (await readFile(part)).length;
  expect(had).toBeGreaterThan(0);

  const told: (number | null)[][] = [];
  const onProgress = (...progress: [number, number | null]) => told.push(progress);
  const { path } = await store.pull({ name: FILE, from: `${from}/`, onProgress });
  expect(ranges).toEqual([null, `bytes=${had}-`]);
  expect(Buffer.compare(await readFile(path), BYTES)).toBe(0);
  expect(told.at(-1)).toEqual([BYTES.length, BYTES.length]);
  expect(await readdir(join(folder, "downloads"))).toEqual([FILE]);
});

test("a part that is already whole is taken, and one that is too long is fetched anew", async () => {
  const folder = await scratch();
  const { address: from } = await serveFile(BYTES);
  const part = join(folder, "downloads", `${FILE}.part`);
  for (const left of [BYTES, new Uint8Array(BYTES.length + 1)]) {
    await mkdir(join(folder, "downloads"), { recursive: true });
    await writeFile(part, left);
    const { path } = await storeIn(folder).pull({ name: WITHOUT_HASH, from });
    expect(Buffer.compare(await readFile(path), BYTES)).toBe(0);
  }
});

test("a file that is not the published one is thrown away, downloaded or fetched elsewhere", async () => {
  const folder = await scratch();
  const store = storeIn(folder);
  const { address: from } = await serveFile(BYTES);
  const differs = {
    code: "download-differs",
    algorithm: "md5",
    expected: "6d6bbae143d832006294945121d1f1fc",
  };
  expect(await faultOf(store.pull({ name: WITH_HASH, from }))).toMatchObject(differs);
  expect(await readdir(join(folder, "downloads"))).toEqual([]);

  const file = join(folder, "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5");
  await writeFile(file, BYTES);
  const facts = { weights: [{}], inputShape: null } as unknown as ModelFacts;
  expect(await faultOf(store.addBase({ source: file, facts }))).toMatchObject(differs);
});

test("without a connection one is told how to go on", async () => {
  const store = storeIn(await scratch());
  const nobody = "http://nowhere.invalid";
  expect(await faultOf(store.pull({ name: WITH_HASH, from: nobody }))).toMatchObject({
    code: "download-failed",
    why: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    file: "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
  });
  const stopped = store.pull({ name: WITH_HASH, from: nobody, signal: AbortSignal.abort() });
  expect(await faultOf(stopped)).toMatchObject({ code: "download-failed", why: "it was stopped" });
});

test("a full disk is said to be full", async (ctx) => {
  if (!existsSync("/dev/full")) return ctx.skip("there is no /dev/full to stand for a full disk");
  const folder = await scratch({ "downloads/note": "" });
  await symlink("/dev/full", join(folder, "downloads", `${FILE}.part`));
  const { address: from } = await serveFile(BYTES);
  expect(await faultOf(storeIn(folder).pull({ name: WITHOUT_HASH, from }))).toMatchObject({
    code: "output-unwritable",
    why: "ENOSPC",
  });
  const taken = storeIn(join(folder, "downloads/note"));
  expect(await faultOf(taken.pull({ name: WITHOUT_HASH, from }))).toMatchObject({
    code: "output-unwritable",
  });
});

test("what the store has already is not downloaded again", async () => {
  const folder = await scratch();
  const store = storeIn(join(folder, "store"));
  await mkdir(join(folder, "store/bases", WITHOUT_HASH), { recursive: true });
  await writeFile(join(folder, "store/bases", WITHOUT_HASH, "checkpoint.json"), "{}");
  const { address: from, ranges } = await serveFile(BYTES);
  expect(await faultOf(store.pull({ name: FILE, from }))).toMatchObject({
    code: "base-invalid",
    name: WITHOUT_HASH,
    why: expect.stringContaining("already holds"),
  });
  expect(ranges).toEqual([]);
});

test("networks are known by their name, their variants and their files; others get the nearest", async () => {
  const store = storeIn(await scratch());
  const { checkpoints } = await store.published();
  const files = new Set(checkpoints.map(({ file }) => file));
  expect([checkpoints.length, files.size, new Set(checkpoints.map(({ name }) => name)).size]).toEqual([
    176, 176, 176,
  ]);
  const families = new Set(checkpoints.map(({ family }) => family));
  for (const family of families)
    expect([family, checkpoints.filter((one) => one.family === family).length]).toEqual([
      family,
      expect.toSatisfy((count: number) => count >= 2),
    ]);
  const { address: from } = await serveFile(BYTES);
  const plain = await store.pull({ name: "MobileNet", from });
  expect(plain.checkpoint.arguments).toEqual({ include_top: false, alpha: 1 });
  expect(plain.checkpoint.file).toBe("mobilenet_1_0_224_tf_no_top.h5");
  expect(await faultOf(store.pull({ name: "vgg61", from }))).toMatchObject({
    code: "option-invalid",
    hint: expect.stringContaining("`vgg16`"),
  });
  expect(await faultOf(store.openBase("resnet50"))).toMatchObject({
    code: "base-missing",
    hint: "Get it with `frostline store pull resnet50`.",
  });
});

test("the list is that of the Keras which programs run under", async (ctx) => {
  const installed = readNativeParts(ROOT)?.python?.keras;
  if (!installed) return ctx.skip("the Python environment is not set up");
  const { keras } = await storeIn(await scratch()).published();
  expect(keras, "Run scripts/make-published-checkpoints.py with the Python of the set-up.").toBe(installed);
});
