import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { expect, test } from "vitest";
import { scratch } from "../intake/scratch.js";
import { classFolders, ROOT, storeIn } from "./pictures.js";

const listed = async (folder: string) => (existsSync(folder) ? readdir(folder) : []);

test("an add that is killed while it copies leaves no data set, and the next add clears up", async (ctx) => {
  const door = join(ROOT, "dist/src/store/index.js");
  if (!existsSync(door)) ctx.skip("dist is not built");
  const folder = await scratch(classFolders("set/", ["a", "b"], 1500));
  const options = JSON.stringify({ root: ROOT, folder: join(folder, "store") });
  const request = JSON.stringify({ source: join(folder, "set") });
  const program = `import(${JSON.stringify(door)}).then(({ openStore }) => openStore(${options}).addDataset(${request}))`;
  const child = execa(process.execPath, ["-e", program], { reject: false });
  const shelf = join(folder, "store/datasets");
  while ((await listed(shelf)).length === 0) await sleep(1);
  child.kill("SIGKILL");
  await child;

  const left = await listed(shelf);
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/^\.adding-/);
  const store = storeIn(join(folder, "store"));
  expect((await store.listDatasets()).map(({ facts }) => facts.name)).toEqual(["emoji"]);

  await store.addDataset({ source: join(folder, "set") });
  expect(await listed(shelf)).toEqual(["set"]);
  expect((await store.openDataset("set")).facts.files).toHaveLength(3000);
});

test("two adds of one name at the same time give one whole data set", async () => {
  const folder = await scratch(classFolders("set/", ["a", "b"], 30));
  const store = storeIn(join(folder, "store"));
  const request = { source: join(folder, "set") };
  const outcomes = await Promise.allSettled([store.addDataset(request), store.addDataset(request)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await listed(join(folder, "store/datasets"))).toEqual(["set"]);
  await store.openDataset("set");
});
