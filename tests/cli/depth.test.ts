import { copyFileSync, cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Evidence, GradedItem, Report } from "../../src/contract/index.js";
import { readNativeParts } from "../../src/sandbox/index.js";
import { frostline, HONEST, ROOT, rubric, scratch, write } from "./frostline.js";

const SAVED = join(ROOT, "tests/models/fixtures/augmented-schedule.k3.15.1.keras");
const MAIN_PY = `import keras
# Adam(learning_rate=1)
base.trainable = False
model.compile(keras.optimizers.Adam(learning_rate=1e-3))
model.fit(x, y)
`;

/** Grades one folder and gives its exit code, its items by id, and its evidence. */
async function grade(
  files: Record<string, string>,
  more: { rubric?: object; args?: string[]; saved?: string },
) {
  const folder = await scratch();
  await write(folder, {
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`kim/${name}`, text])),
    "rubric.json": rubric(more.rubric),
  });
  if (more.saved) {
    await write(folder, { "kim/.keep": "" });
    copyFileSync(SAVED, join(folder, "kim", more.saved));
  }
  const out = join(folder, "out");
  const args = ["grade", join(folder, "kim"), "--rubric", join(folder, "rubric.json"), "--out", out];
  const { code, err } = await frostline([...args, ...(more.args ?? [])]);
  const read = (name: string) => JSON.parse(readFileSync(join(out, name), "utf8"));
  const evidence = read("evidence/kim.json") as Evidence;
  const items = read("grades/kim.json").items as GradedItem[];
  return { code, err, evidence, items, out };
}

const notesOf = ({ items: { run } }: Evidence): string =>
  run.state === "found" ? run.value.notes.join("\n") : "";

describe("depth audit", () => {
  const items = [
    { grader: "new-head", points: 1 },
    { grader: "augmentation", points: 1 },
    { grader: "recompiled", points: 1 },
  ];

  it("executes nothing, reads the source, and grades the saved model beside the program", async () => {
    const files = { "main.py": MAIN_PY };
    const {
      code,
      evidence,
      items: graded,
    } = await grade(files, {
      rubric: { items },
      args: ["--depth", "audit"],
      saved: "trained.keras",
    });
    expect(code).toBe(2);
    expect(evidence).toMatchObject({
      kind: "keras",
      entry: "main.py",
      items: { run: { value: { executed: false } }, structure: { state: "found" } },
    });
    expect(notesOf(evidence)).toContain(
      "nothing of main.py was executed. trained.keras, handed in beside it,",
    );
    expect(notesOf(evidence)).toContain(
      "calls `compile` in 1 place and `fit` in 1 place, sets `trainable` in 1 place, and writes the learning rates 1e-3.",
    );
    expect(graded.map(({ pending }) => pending)).toEqual([0, 0, 1]);
  });

  it("leaves everything pending where there is no saved model, and blames nobody", async () => {
    const {
      code,
      evidence,
      items: graded,
    } = await grade({ "main.js": HONEST }, { rubric: { items, run: { depth: "audit" } } });
    expect(code).toBe(2);
    expect(graded.map(({ pending }) => pending)).toEqual([1, 1, 1]);
    expect(evidence.items.structure).toMatchObject({
      state: "absent",
      why: expect.stringContaining("No single saved model was handed in beside it"),
    });
    expect(notesOf(evidence)).toContain("the learning rates 0.01");
  });
});

describe("what is graded", () => {
  const items = [{ grader: "new-head", points: 1 }];

  it("is the saved model where the rubric says so, even beside a program", async () => {
    const asked = { rubric: { items, run: { grade: "model" } }, saved: "trained.keras" };
    const { code, evidence } = await grade({ "main.py": "raise SystemExit" }, asked);
    expect([code, evidence.kind, evidence.entry]).toEqual([0, "model", "trained.keras"]);
  });

  it("is a program where the rubric says so: a saved model alone is not what was asked for", async () => {
    const asked = { rubric: { items, run: { grade: "code" } }, saved: "trained.keras" };
    const { code, evidence } = await grade({}, asked);
    expect([code, evidence.kind]).toEqual([0, null]);
    expect(evidence.items.structure).toMatchObject({ fault: { code: "entry-missing", blame: "submission" } });
  });
});

describe("depth structure", () => {
  it.for([
    { name: "keras-lesson-fine-tuning", part: "python" },
    { name: "honest-fine-tuning", part: "tensorflow" },
  ] as const)(
    "decides what $name declares and leaves what only training shows",
    { timeout: 120_000 },
    async ({ name, part }, ctx) => {
      if (!readNativeParts(ROOT)?.[part]) return ctx.skip(`${part} is not set up`);
      const folder = await scratch();
      cpSync(join(ROOT, "submissions/examples", name), join(folder, "kim"), { recursive: true });
      await write(folder, {
        "rubric.json": rubric({
          run: { depth: "structure" },
          items: [
            { grader: "approach", points: 1, options: { expect: "fine-tuning" } },
            { grader: "pretrained-base", points: 1 },
            { grader: "frozen-base", points: 1 },
            { grader: "unfrozen-layers", points: 1 },
            { grader: "recompiled", points: 1 },
            { grader: "learning-rate", points: 1, options: { phase: "last", max: 1e-4 } },
            { grader: "training-happened", points: 1 },
            { grader: "validation-accuracy", points: 1 },
          ],
        }),
      });
      const args = [
        "check",
        join(folder, "kim"),
        "--rubric",
        join(folder, "rubric.json"),
        "--format",
        "json",
      ];
      const { code, out } = await frostline(args);
      const report = JSON.parse(out) as Report;
      expect(code).toBe(2);
      expect(report.items.map(({ earned, pending }) => [earned, pending])).toEqual([
        ...Array.from({ length: 6 }, () => [1, 0]),
        [0, 1],
        [0, 1],
      ]);
      expect(report.checks.map(({ result }) => result)).not.toContain("contradicts");
      expect(report.run?.notes.join("\n")).toContain("Depth `structure`: each fit tried one row");
      expect(report.versions).toContainEqual({ label: "Depth", value: "structure" });
    },
  );
});

it("a depth that does not exist is refused before anything is run", async () => {
  const { code, err } = await frostline(["check", ".", "--depth", "full"]);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("audit, structure, train") });
});

describe("rubric check", () => {
  const check = async (changes: object): Promise<string> => {
    const folder = await scratch();
    await write(folder, { "rubric.json": rubric(changes) });
    return (await frostline(["rubric", "check", join(folder, "rubric.json")])).out.replace(/\s+/g, " ");
  };
  const items = [
    { grader: "training-happened", points: 3, options: { minEpochs: 5 } },
    { grader: "claimed-results", points: 1 },
    { grader: "new-head", points: 1 },
  ];

  it("warns of items that the depth or the budget cannot decide", async () => {
    const structure = await check({ items, run: { depth: "structure" } });
    expect(structure).toContain("! training-happened: At depth `structure`, the item stays pending");
    expect(structure).toContain("! claimed-results: At depth `structure`");
    expect(structure).not.toContain("! new-head");
    const audit = await check({ items, run: { depth: "audit" } });
    expect(audit).toContain("! At depth `audit` a program without a saved model");
    expect(audit).toContain("! claimed-results: At depth `audit`");
    const short = await check({ items, run: { epochs: 1 } });
    expect(short).toContain("! training-happened: With at most 1 epochs a fit, the item stays pending");
    expect(await check({ items, run: { epochs: 100 } })).toContain("no warnings");
  });

  it("tells students how far their program is run", async () => {
    const explain = async (run: object): Promise<string> => {
      const folder = await scratch();
      await write(folder, { "rubric.json": rubric({ run }) });
      return (await frostline(["rubric", "explain", join(folder, "rubric.json")])).out.replace(/\s+/g, " ");
    };
    expect(await explain({ epochs: 20, steps: 500, samples: 9000, keras: "2", grade: "code" })).toMatch(
      /Hand in your program Training each fit is stopped after 20 epochs or 500 batches, all fits together after 9000 images Keras tf\.keras 2/,
    );
    expect(await explain({ depth: "audit" })).toContain("is read and not run");
    expect(await explain({ grade: "model" })).toContain("a program beside it is not run");
    expect(await explain({})).not.toContain("Training");
  });
});
