import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Accuracy, Evidence } from "../../src/contract/index.js";
import { frostline, ROOT, scratch } from "./frostline.js";
import { storeRun } from "./stored-run.js";

const SAMPLE = join(ROOT, "reports/sample");

const evidenceOf = (name: string): Evidence =>
  JSON.parse(readFileSync(join(SAMPLE, `evidence/${name}.json`), "utf8"));

function rightOf(name: string): string {
  const { heldOut } = evidenceOf(name).items;
  return (heldOut.state === "found" && heldOut.value.right) || "";
}

/** A run of two submissions with the given answers, `1` right and `0` wrong; `changes` are to the second. */
async function answered(answers: Record<string, string>, changes: Partial<Accuracy> = {}): Promise<string> {
  const run = join(await scratch(), "run");
  await storeRun(run, Object.fromEntries(Object.keys(answers).map((id) => [id, 100])));
  for (const [index, [id, right]] of Object.entries(answers).entries()) {
    const file = join(run, `evidence/${id}.json`);
    const evidence = JSON.parse(await readFile(file, "utf8"));
    Object.assign(evidence.items.heldOut.value, { right }, index === 0 ? {} : changes);
    await writeFile(file, JSON.stringify(evidence));
  }
  return run;
}

const flat = (text: string): string => text.replace(/\s+/g, " ");

describe("compare", () => {
  it("holds a submission against another one of the run, image by image", async () => {
    const [one, other] = ["honest-fine-tuning", "never-trained"];
    const [a, b] = [rightOf(one), rightOf(other)];
    const only = (first: string, second: string): number =>
      [...first].filter((right, image) => right === "1" && second[image] === "0").length;
    expect(a).toHaveLength(191);
    const { code, out } = await frostline(["compare", SAMPLE, one, other]);
    expect(code).toBe(0);
    expect(flat(out)).toBe(
      `Of 191 hidden images, ${one} alone got ${only(a, b)} right, and ${other} alone ${only(b, a)}. ` +
        `McNemar's exact test, two-sided: n = 191, b = ${only(a, b)}, c = ${only(b, a)}, p < 0.001. ` +
        `${one} is measurably better than ${other}, with a one-sided confidence of 95 %.`,
    );
    expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
    const swapped = await frostline(["compare", SAMPLE, other, one, "--json"]);
    expect(JSON.parse(swapped.out)).toMatchObject({
      schema: "frostline/comparison/1",
      images: 191,
      onlyOne: only(b, a),
      onlyOther: only(a, b),
      outcome: "worse",
      says: expect.stringContaining(`${other} is measurably worse than ${one}`),
    });
  });

  it("holds a submission against a baseline of the assignment", async () => {
    const { baselines } = evidenceOf("random-base").items;
    const pairs = baselines.state === "found" ? baselines.value.paired?.linearProbe : undefined;
    const { out } = await frostline([
      "compare",
      SAMPLE,
      "random-base",
      "--baseline",
      "linear-probe",
      "--json",
    ]);
    expect(JSON.parse(out)).toMatchObject({
      other: "a linear probe on the pretrained base",
      images: pairs?.images,
      onlyOne: pairs?.won,
      onlyOther: pairs?.lost,
      outcome: "worse",
    });
  });

  it.each([
    ["11110", "11110", "ana and ben were right on the very same images."],
    ["11110", "11000", "ana and ben differ on 2 images, too few to tell them apart however these fall."],
    ["11111000", "00011111", "That does not show that they are equally good."],
    ["11111000", "00000000", "ana is measurably better than ben, with a one-sided confidence of 95 %."],
  ])("says what %s against %s shows, and what it does not", async (ana, ben, words) => {
    const { code, out } = await frostline(["compare", await answered({ ana, ben }), "ana", "ben"]);
    expect({ code, out: flat(out) }).toEqual({ code: 0, out: expect.stringContaining(words) });
  });

  it.each([
    ["another number of images", { n: 190 }, "there are 191 and 190"],
    ["another split of the classes", { confusion: [[191]], classes: ["all"] }, "and 191 all"],
    ["answers that were not kept", { right: undefined }, "`ben` has no answers to compare: only the number"],
  ])("refuses %s", async (_, changes, words) => {
    const run = await answered({ ana: "1100", ben: "1000" }, changes as Partial<Accuracy>);
    const { code, err } = await frostline(["compare", run, "ana", "ben"]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(words) });
  });

  it.each([
    [["crashes", "never-trained"], "`crashes` has no answers to compare: The program stopped with an error"],
    [["crashes", "--baseline", "majority"], "`crashes` has no answers to compare"],
    [["honest-fine-tunin", "crashes"], "Did you mean `honest-fine-tuning`?"],
    [["random-base", "random-base"], "Another submission"],
    [["random-base"], "Name another submission, or a baseline."],
    [["random-base", "crashes", "--baseline", "majority"], "Leave out one of the two."],
    [["random-base", "--baseline", "probe"], "Allowed choices are linear-probe, random-base, majority"],
  ])("answers %j with code 1 and a word on what to do", async (args, words) => {
    const { code, err } = await frostline(["compare", SAMPLE, ...args]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(words) });
  });

  it("says of a submission without such a baseline that it was not measured", async () => {
    const run = await answered({ ana: "1100", ben: "1000" });
    const { code, err } = await frostline(["compare", run, "ana", "--baseline", "random-base"]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("was not measured beside it") });
  });
});
