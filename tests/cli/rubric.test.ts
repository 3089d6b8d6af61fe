import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { classFolders } from "../store/pictures.js";
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

  it("sees the same mistakes in the bytes of a saved model, through the jails that read and predict it", {
    timeout: 600_000,
  }, async () => {
    const { code, out } = await frostline(["rubric", "test", "fine-tuning", "--files"]);
    const [, inFiles = ""] = out.split("In the bytes of its saved model");
    expect({ code, inFiles }).toEqual({ code: 0, inFiles: expect.stringContaining("The rubric passes.") });
    expect(inFiles).toMatch(/one bit of one closed layer of the base is another\n {4}frozen-base -3\n/);
    expect(inFiles).toMatch(/a learning rate a hundred times as high\n {4}learning-rate -3\n/);
    expect(inFiles).toMatch(/created with\n {4}pretrained-base -2, validation-accuracy -3\n/);
    expect(inFiles).toMatch(/classes in another order\n {4}validation-accuracy -3\n/);
    expect(inFiles).not.toMatch(/Survived|Also lost|Cannot be tried/);
  });

  it.each([
    ["without its files", "honest-fine-tuning", "its model was not kept beside its evidence"],
    ["that is a Keras model", "keras-notebook", "it gave 0 models of TensorFlow.js"],
  ])("refuses to put mistakes into files of a reference %s", async (_, name, why) => {
    const reference = join(ROOT, "reports/sample/evidence", `${name}.json`);
    const { code, err } = await frostline([
      "rubric",
      "test",
      "fine-tuning",
      "--files",
      "--reference",
      reference,
    ]);
    expect({ code, err: err.replace(/\s+/g, " ") }).toEqual({ code: 1, err: expect.stringContaining(why) });
  });

  it("takes what only a person can give as given, and bonus as no must", async () => {
    const items = [
      { grader: "frozen-base", points: 4 },
      { grader: "manual", points: 3 },
      { id: "sources", grader: "manual", points: 1, kind: "penalty" },
      { grader: "augmentation", points: 2, kind: "bonus" },
    ];
    const { out } = await frostline(["rubric", "test", await file({ items })]);
    expect(out.replace(/\s+/g, " ")).toMatch(/which earns (7|9) of 7[,.]/);
    expect(out).not.toContain("does not earn every point");
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
    [
      "a gate that a person has to open",
      [
        { id: "essay", grader: "manual", points: 5 },
        { grader: "new-head", points: 5, requires: ["essay"] },
      ],
      "new-head: It waits for `essay`, which is pending until a person gives the points.",
    ],
    [
      "an architecture that no base has",
      [{ grader: "pretrained-base", points: 5, options: { families: ["EfficientNetLite", "VGG16"] } }],
      "It accepts VGG16, and no base of the rubric is one (EfficientNetLite0).",
    ],
    [
      "an architecture spelt wrong",
      [{ grader: "pretrained-base", points: 5, options: { families: ["EfficentNetLite0"] } }],
      "Did you mean EfficientNetLite0?",
    ],
    ["more images than there are", [{ grader: "calibration", points: 5 }], "applies to nobody"],
  ])("warns of %s", async (_, items, words) => {
    const { code, out } = await frostline(["rubric", "check", await file({ items })]);
    expect({ code, out: out.replace(/\s+/g, " ") }).toEqual({ code: 0, out: expect.stringContaining(words) });
  });

  it("warns of a total that the points do not sum to, and of a limit on no bonus", async () => {
    const items = [{ grader: "new-head", points: 7 }];
    const { out } = await frostline(["rubric", "check", await file({ items, total: 8, bonusMax: 2 })]);
    const words = out.replace(/\s+/g, " ");
    expect(words).toContain("The points sum to 7, and the declared total is 8.");
    expect(words).toContain("It limits bonus to 2 points and has no bonus item.");
    expect(words).not.toContain("round figure");
  });

  it("takes groups that share a total as they are", async () => {
    const groups = [{ id: "a", title: "A", weight: 1 }];
    const items = [{ grader: "new-head", points: 7, group: "a" }];
    const { out } = await frostline(["rubric", "check", await file({ items, total: 20, groups })]);
    expect(out).toContain("1 item, 20 points, no warnings");
  });

  it("warns of a gate that stays closed for everybody", async () => {
    const cwd = await scratch();
    for (const [path, bytes] of Object.entries(classFolders("birds/", ["owl", "wren"], 40))) {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), bytes);
    }
    const store = join(cwd, "store");
    const added = await frostline(["store", "add", join(cwd, "birds"), "--name", "birds", "--store", store]);
    expect(added).toMatchObject({ code: 0 });
    const items = [
      { grader: "domain-shift", points: 5 },
      { grader: "new-head", points: 5, requires: ["domain-shift"] },
    ];
    const path = await file({ items, data: { dataset: "birds", bases: ["efficientnet-lite0-stage5"] } });
    const { out } = await frostline(["rubric", "check", path, "--store", store]);
    expect(out.replace(/\s+/g, " ")).toContain("waits for `domain-shift`, which stays pending for everybody");
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

  it("says how points are won: gates, bonus, penalties, proof, deadlines", async () => {
    const rubric = await file({
      groups: [
        { id: "net", title: "The network", weight: 3 },
        { id: "text", title: "The text", weight: 1 },
      ],
      total: 20,
      bonusMax: 1,
      late: { due: "2026-11-20T23:59:00+01:00", graceMinutes: 1, perDayPoints: 2, maxDays: 1 },
      attempts: { free: 2, penaltyPercent: 5, max: 4, counts: "best" },
      items: [
        { grader: "pretrained-base", points: 2, group: "net", trust: "proved" },
        { grader: "new-head", points: 2, group: "net", trust: "consistent", whenNotApplicable: "full" },
        {
          grader: "frozen-base",
          points: 2,
          group: "net",
          requires: ["pretrained-base", "new-head"],
          whenNotApplicable: "zero",
          trust: "claimed",
        },
        { grader: "manual", points: 4, group: "text", options: { asks: "Why you froze what you froze" } },
        { grader: "augmentation", points: 1, kind: "bonus", requires: ["frozen-base"] },
        { grader: "claimed-results", points: 1, kind: "penalty" },
      ],
    });
    const words = (await frostline(["rubric", "explain", rubric])).out.replace(/\s+/g, " ");
    for (const sentence of [
      "20 points",
      "The network: 15 points",
      "The text: 5 points",
      "At most 1 point in all",
      "Due 2026-11-20 23:59 +01:00. 1 minute later still counts as in time. After that, 2 points off for each day begun. It costs no more after 1 day.",
      "2 without cost, then 5 % of the earned points off for each further one; after 4 nothing counts; the best one counts",
      "It has to be proved by the saved model or by predictions",
      "has to agree with the saved model",
      'Judged only once "Pretrained base" and "New head" have earned points.',
      'Judged only once "Base frozen" has earned points.',
      "Where it does not apply, its points are earned.",
      "Where it does not apply, its points are lost.",
      "Asked Why you froze what you froze",
      "Data augmentation +1",
      "Reported accuracy −1",
    ])
      expect(words).toContain(sentence);
  });

  it("says the shorter rules shortly", async () => {
    const late = { due: "2026-11-20T23:59:00Z", perDayPercent: 10, maxDays: 3, afterMaxDays: "zero" };
    const rubric = await file({ late, attempts: { max: 1 } });
    const words = (await frostline(["rubric", "explain", rubric])).out.replace(/\s+/g, " ");
    expect(words).toContain(
      "Due 2026-11-20 23:59 Z. After that, 10 % of the earned points off for each day begun. After 3 days nothing counts.",
    );
    expect(words).toContain("Attempts 1 without cost; after 1 nothing counts");
    const free = (await frostline(["rubric", "explain", await file({ attempts: { counts: "last" } })])).out;
    expect(free.replace(/\s+/g, " ")).toContain("Attempts The last one counts");
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
        input: "fine-tuning\nbirds\nBirds of the town\n\n\n30\n0.7\n2026-11-20T23:59:00Z\n5\n",
      },
    );
    expect(run.stderr).toContain("Which is nearest to your assignment?");
    const made = JSON.parse(readFileSync(join(folder, "r.json"), "utf8"));
    expect(made).toMatchObject({ id: "birds", title: "Birds of the town", data: { dataset: "emoji" } });
    const points = made.items.reduce((sum: number, item: { points: number }) => sum + item.points, 0);
    expect(points).toBe(30);
    expect(JSON.stringify(made)).toContain('"threshold":0.7');
    expect(made.late).toEqual({ due: "2026-11-20T23:59:00Z", perDayPercent: 5 });
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
    [["--due", "tomorrow"], "2026-11-20T23:59:00+01:00"],
    [["--due", "2026-11-20T23:59:00Z", "--per-day", "101"], "from 0 to 100"],
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
