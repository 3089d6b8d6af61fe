import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { frostline, HONEST, ROOT, rubric, scratch, write } from "./frostline.js";

const READY = readdirSync(join(ROOT, "rubrics"))
  .filter((file) => file.endsWith(".json") && file !== "rubric.schema.json")
  .map((file) => file.replace(".json", ""));

async function file(changes: object): Promise<string> {
  const folder = await scratch();
  await write(folder, { "rubric.json": rubric(changes) });
  return join(folder, "rubric.json");
}

describe("rubric test", () => {
  it.each(READY)("lets no mistake survive that the ready rubric %s asks about", async (id) => {
    const { code, out } = await frostline(["rubric", "test", id]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("The rubric passes.") });
    expect(out).not.toContain("Survived");
    expect(out).not.toContain("does not earn every point");
    expect(out).not.toContain("Also lost");
  });

  it("says which mistake survives and which item should have noticed it", async () => {
    const weak = await file({ items: [{ grader: "learning-rate", points: 1 }] });
    const { code, out } = await frostline(["rubric", "test", weak]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /Survived.*\n {2}the learning rate is a hundred times too high\n {4}learning-rate found:/,
    );
    expect(out).toMatch(
      /Not asked for(.|\n)*the base was never frozen\n {4}An item with frozen-base or approach/,
    );
  });

  it("takes the best of a run as reference, and grades its submissions against what they must get", async () => {
    const sample = join(ROOT, "reports/sample");
    const { out } = await frostline([
      "rubric",
      "test",
      "fine-tuning",
      "--reference",
      sample,
      "--examples",
      sample,
    ]);
    expect(out).toContain("honest-fine-tuning");
    expect(out).toContain("✓ never-ends: 0 of 20");
    expect(out).not.toContain("✗");
  });

  it("runs a submission that is named as reference once, and knows it the next time", {
    timeout: 120_000,
  }, async () => {
    const folder = await scratch();
    await write(folder, { "mine/main.js": HONEST, "rubric.json": rubric() });
    const args = ["rubric", "test", join(folder, "rubric.json"), "--reference", join(folder, "mine")];
    const first = await frostline(args);
    expect(first.out).toContain("in mine, which earns 5 of 5");
    await write(folder, { "mine/note.txt": "" });
    expect((await frostline(args)).out).toContain("which earns 5 of 5");
  });

  it("refuses a reference that is not there", async () => {
    const { code, err } = await frostline(["rubric", "test", "fine-tuning", "--reference", "nowhere.json"]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("nowhere.json") });
  });
});

describe("rubric check", () => {
  it("finds nothing to warn of in a rubric that the data can decide", async () => {
    expect((await frostline(["rubric", "check", "feature-extraction"])).out).toContain(
      "20 points, no warnings",
    );
  });

  it.each([
    ["points that do not sum", [{ grader: "new-head", points: 7 }], "sum to 7"],
    ["an item worth nothing", [{ grader: "new-head", points: 0 }], "worth nothing"],
    [
      "a bar that always the largest class reaches",
      [{ grader: "validation-accuracy", points: 5, options: { threshold: 0.3 } }],
      "reaches 0.398",
    ],
    [
      "a bar held against the point",
      [{ grader: "validation-accuracy", points: 5, options: { compare: "point" } }],
      "of 100 networks that truly reach 0.65",
    ],
    [
      "a bar for each class that few images cannot tell",
      [{ grader: "class-recall", points: 5, options: { minRecall: 0.5, confidence: 0.999 } }],
      "52 unseen images of the smallest class",
    ],
    ["more images than there are", [{ grader: "calibration", points: 5 }], "applies to nobody"],
  ])("warns of %s", async (_, items, words) => {
    const { code, out } = await frostline(["rubric", "check", await file({ items })]);
    expect({ code, out: out.replace(/\s+/g, " ") }).toEqual({ code: 0, out: expect.stringContaining(words) });
  });

  it("names what stays pending for a saved model without a program", async () => {
    expect((await frostline(["rubric", "check", "fine-tuning"])).out).toMatch(/Note:(.|\n)*recompiled/);
  });

  it("answers an unknown data set with code 1", async () => {
    const unknown = await file({ data: { dataset: "emojis", bases: [] } });
    expect((await frostline(["rubric", "check", unknown])).code).toBe(1);
  });
});

describe("rubric explain", () => {
  it("tells students what is asked, why, and for how many points", async () => {
    const { out } = await frostline(["rubric", "explain", "domain-shift"]);
    expect(out).toContain("241 training and 48 validation images");
    expect(out).toMatch(/Images from elsewhere +6\n/);
    expect(out).toContain("A loss of at most 0.10");
    expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  it("writes one page that needs no network and runs nothing of the rubric's own words", async () => {
    const folder = await scratch();
    await write(folder, { "rubric.json": rubric({ title: "<script>alert(1)</script>" }) });
    const page = join(folder, "page.html");
    expect((await frostline(["rubric", "explain", join(folder, "rubric.json"), "--html", page])).code).toBe(
      0,
    );
    const html = readFileSync(page, "utf8");
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).not.toContain("<script>alert");
    expect(html).toMatch(/default-src (?:'|&#x27;)none/);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });
});

describe("rubric new", () => {
  it("asks in plain words and writes a rubric that can be used", async () => {
    const folder = await scratch();
    const run = await execa(
      process.execPath,
      [join(ROOT, "bin/frostline.mjs"), "rubric", "new", "--out", "r.json"],
      {
        cwd: folder,
        input: "fine-tuning\nbirds\nBirds of the town\n\n\n30\n0.7\n",
      },
    );
    expect(run.stderr).toContain("Which is nearest to your assignment?");
    const made = JSON.parse(readFileSync(join(folder, "r.json"), "utf8"));
    expect(made).toMatchObject({ id: "birds", title: "Birds of the town", data: { dataset: "emoji" } });
    const points = made.items.reduce((sum: number, item: { points: number }) => sum + item.points, 0);
    expect(points).toBe(30);
    expect(JSON.stringify(made)).toContain('"threshold":0.7');
    expect((await frostline(["rubric", "check", join(folder, "r.json")])).code).toBe(0);
  });

  it("takes all from options in scripts", async () => {
    const cwd = await scratch();
    const args = ["rubric", "new", "-y", "--like", "accuracy-only", "--id", "mine", "--points", "10"];
    expect((await frostline(args, { cwd })).out).toContain("Wrote mine.json");
    const again = await frostline(args, { cwd });
    expect({ code: again.code, err: again.err }).toEqual({
      code: 1,
      err: expect.stringContaining("which exists"),
    });
  });

  it.each([
    [["--like", "domain-shft"], "Did you mean `domain-shift`?"],
    [["--dataset", "emojis"], "Did you mean `emoji`?"],
    [["--base", "vgg"], "efficientnet-lite0-stage5"],
    [["--id", "Not An Id"], "/id"],
    [["--points", "-1"], "from 0.5 to 1000"],
    [["--accuracy", "65"], "from 0 to 1"],
  ])("refuses %j and says what would do", async (options, words) => {
    const { code, err } = await frostline(["rubric", "new", "-y", ...options], { cwd: await scratch() });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(words) });
  });
});

it("keeps the table of graders and the students' pages as the graders say", async () => {
  const script = join(resolve(ROOT), "scripts/make-rubric-pages.mjs");
  const { exitCode, stderr } = await execa(process.execPath, [script, "--check"], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(readdirSync(join(ROOT, "rubrics/pages")).sort()).toEqual(READY.map((id) => `${id}.txt`));
});
