import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseJson, Rubric } from "../../src/contract/index.js";
import { frostline, HONEST, scratch, write } from "./frostline.js";
import { STORED_RUBRIC, storeRun } from "./stored-run.js";

/** Thresholds in figures that nothing else in a report has, and as reports would round or say them. */
const SECRETS = /0\.8317|0\.83(?!\d)|83\.17|0\.5219|0\.52(?!\d)|52\.19|7219|0\.00417|0\.0042/;

const HIDDEN: Rubric["items"] = [
  {
    grader: "validation-accuracy",
    points: 4,
    hidden: true,
    options: { threshold: 0.8317, partialFrom: 0.5219 },
  },
  { grader: "new-head", points: 2, hidden: true, options: { maxParameters: 7219 } },
  { grader: "learning-rate", points: 2, hidden: true, options: { max: 0.00417 } },
];
const RUBRIC: Rubric = {
  ...STORED_RUBRIC,
  items: [
    ...STORED_RUBRIC.items.slice(0, 2),
    ...HIDDEN,
    { grader: "claimed-results", points: 1, requires: ["validation-accuracy"] },
  ],
};

async function stored(): Promise<{ run: string; rubric: string }> {
  const folder = await scratch();
  const run = join(folder, "run");
  // Above the bar, in the ramp, and below everything; none of their own figures is one of the secrets.
  await storeRun(run, { ana: 165, ben: 112, cy: 60, "dora-unmistakable": 145 });
  const rubric = join(folder, "rubric.json");
  await writeFile(rubric, JSON.stringify(RUBRIC));
  const { code, err } = await frostline(["regrade", run, "-r", rubric]);
  expect({ code, err }).toEqual({ code: 2, err: "" });
  return { run, rubric };
}

/** The style and the script are the same on every page. */
const shown = (html: string): string => html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");

describe("a hidden threshold", () => {
  it("is on no student's page, and neither are labels or other students", async () => {
    const { run } = await stored();
    const pages = readdirSync(join(run, "student"));
    expect(pages).toHaveLength(4);
    for (const page of pages) {
      const text = shown(readFileSync(join(run, "student", page), "utf8"));
      expect(text).not.toMatch(SECRETS);
      expect(text).toContain("your teacher keeps to themselves");
      if (page !== "dora-unmistakable.html") expect(text).not.toContain("dora-unmistakable");
    }
  });

  it("is on the staff's pages, where it belongs", async () => {
    const { run } = await stored();
    expect(shown(readFileSync(join(run, "staff/ben.html"), "utf8"))).toMatch(SECRETS);
  });

  it("is not in what a student's check prints, in words or as JSON", { timeout: 120_000 }, async () => {
    const folder = await scratch();
    await write(folder, { "mine/main.js": HONEST, "rubric.json": JSON.stringify(RUBRIC) });
    for (const format of ["terminal", "json"]) {
      const { out } = await frostline([
        "check",
        join(folder, "mine"),
        "-r",
        join(folder, "rubric.json"),
        "--format",
        format,
      ]);
      expect(out).toContain("Accuracy on unseen images");
      expect(out).not.toMatch(SECRETS);
    }
  });

  it("is not in the rubric as its students read it", async () => {
    const { rubric } = await stored();
    const { out } = await frostline(["rubric", "explain", rubric]);
    expect(out).toContain("Your teacher keeps the threshold to themselves.");
    expect(out).not.toMatch(SECRETS);
    const page = join(rubric, "../page.html");
    await frostline(["rubric", "explain", rubric, "--html", page]);
    expect(shown(readFileSync(page, "utf8"))).not.toMatch(SECRETS);
  });

  it("is not in the rubric that students check by, where its items wait for a person", async () => {
    const { rubric } = await stored();
    const shown = join(rubric, "../shown.json");
    expect((await frostline(["rubric", "explain", rubric, "--for-check", shown])).code).toBe(0);
    const text = readFileSync(shown, "utf8");
    expect(text).not.toMatch(SECRETS);
    const { items } = parseJson(Rubric, text, shown);
    expect(items.map(({ id, grader }) => id ?? grader)).toEqual(
      RUBRIC.items.map(({ id, grader }) => id ?? grader),
    );
    const run = join(rubric, "../run");
    await frostline(["regrade", run, "-r", shown]);
    const grade = JSON.parse(readFileSync(join(run, "grades/cy.json"), "utf8"));
    expect(grade).toMatchObject({ earned: 6, pending: 9, possible: 15 });
  });

  it("is warned of where the rubric's own words say it", async () => {
    const { rubric } = await stored();
    const told = { ...RUBRIC, description: "Reach 83.17 % and you pass.", title: "At most 7219 parameters" };
    await writeFile(rubric, JSON.stringify(told));
    const { out } = await frostline(["rubric", "check", rubric]);
    const words = out.replace(/\s+/g, " ");
    expect(words).toContain(
      "validation-accuracy: It is hidden, and the rubric's description says its 0.8317.",
    );
    expect(words).toContain("new-head: It is hidden, and the rubric's title says its 7219.");
    expect(words).not.toContain("learning-rate: It is hidden");
  });
});
