import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "../../src/contract/index.js";
import { baseFeatures } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { openStore, readSavedModel } from "../../src/store/index.js";
import { frostline, HONEST, ROOT, rubric, scratch, write } from "../cli/frostline.js";

describe("features of a base", { timeout: 60_000 }, () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ unsafe: false });
  });

  it("are one vector an image, of the weights it has or of random ones that only the seed decides", async () => {
    const store = openStore({ root: ROOT });
    const base = await store.openBase("efficientnet-lite0-stage5");
    const saved = await readSavedModel(join(base.folder, "model.json"));
    const [example] = (await store.openDataset("emoji")).examples("train");
    const images = [await readFile(example?.path ?? "")];
    const inputs = { images, imageSize: 64, preprocessing: base.facts.preprocessing ?? never() };
    const features = async (seed: number | null): Promise<Float32Array> => {
      const made = await baseFeatures({ sandbox, root: ROOT }, saved, inputs, seed);
      return made.state === "found" ? made.value.values : new Float32Array();
    };
    const [pretrained, one, again, other] = [
      await features(null),
      await features(1),
      await features(1),
      await features(2),
    ];
    expect(pretrained.length).toBe(112);
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    expect(one.every(Number.isFinite)).toBe(true);
    expect(one).not.toEqual(pretrained);
  });
});

const never = (): never => {
  throw new Error("the bundled base has no preprocessing");
};

describe("baselines of an assignment", { timeout: 120_000 }, () => {
  it("are measured once, kept by content, and say on how many images", async () => {
    const folder = await scratch();
    const store = join(folder, "store");
    const gain = (over: string) => ({
      id: over,
      grader: "gain-over-baseline",
      points: 1,
      options: { over, minGain: 0 },
    });
    await write(folder, {
      "class/ana/main.js": HONEST,
      "class/ben/main.js": HONEST.replace("epochs: 10", "epochs: 12"),
      "rubric.json": rubric({ items: [gain("majority"), gain("random-base"), gain("linear-probe")] }),
    });
    const args = ["grade", join(folder, "class"), "-r", join(folder, "rubric.json"), "--store", store];
    expect((await frostline([...args, "-o", join(folder, "out")])).code).toBe(0);
    const [kept, ...others] = readdirSync(join(store, "baselines"));
    expect(others).toEqual([]);
    const evidence = JSON.parse(readFileSync(join(folder, "out/evidence/ana.json"), "utf8")) as Evidence;
    const { baselines } = evidence.items;
    if (baselines.state !== "found") throw new Error("no baselines");
    const { randomBase, linearProbe, measuredOn, spread, paired } = baselines.value;
    // 0.72 is what a head on this base reaches, and 0.57 what pixels without a base do.
    expect(linearProbe).toBeGreaterThan(0.62);
    expect(randomBase).toBeLessThan(linearProbe ?? 0);
    expect(randomBase).toBeGreaterThan(0.3);
    // Another draw of the training images moves the accuracy, but not far.
    expect(spread?.seeds).toBe(5);
    expect(spread?.deviation).toBeGreaterThan(0);
    expect(spread?.deviation).toBeLessThan(0.1);
    expect(Math.abs((spread?.mean ?? 0) - (linearProbe ?? 0))).toBeLessThan(0.1);
    expect(paired?.linearProbe.images).toBe(191);
    const { heldOut } = evidence.items;
    const rate = heldOut.state === "found" ? heldOut.value.correct / heldOut.value.n : 0;
    const { won = 0, lost = 0 } = paired?.linearProbe ?? {};
    expect((won - lost) / 191).toBeCloseTo(rate - (linearProbe ?? 0), 9);
    expect(measuredOn).toEqual({ base: "efficientnet-lite0-stage5", training: 241, images: 191 });
    expect(readFileSync(join(folder, "out/staff/ana.html"), "utf8")).toContain(
      "Linear probe on 241 training images",
    );
    const page = readFileSync(join(folder, "out/student/ana.html"), "utf8");
    expect(page).toMatch(/linear probe[^<]*: \d+ images? won, \d+ lost, p &/);
    expect(page).toContain("Fitted anew to 5 draws of the training images");
    const before = readFileSync(join(store, "baselines", kept ?? ""), "utf8");
    expect((await frostline([...args, "-o", join(folder, "again"), "--only", "ana"])).code).toBe(0);
    expect(readFileSync(join(store, "baselines", kept ?? ""), "utf8")).toBe(before);
  });

  it("cost a student who checks nothing that no item asks for", async () => {
    const folder = await scratch();
    await write(folder, { "mine/main.js": HONEST, "rubric.json": rubric() });
    const store = join(folder, "store");
    await frostline(["check", join(folder, "mine"), "-r", join(folder, "rubric.json"), "--store", store]);
    expect(() => readdirSync(join(store, "baselines"))).toThrow("ENOENT");
  });
});
