import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { GRADERS } from "../../graders/index.js";
import { Evidence, parseJson, type Rubric } from "../../src/contract/index.js";
import { Expectations, unmet } from "../../src/harness/expectation.js";
import { judgeOne } from "../../src/harness/judge-run.js";
import { readRubric } from "../../src/harness/open-assignment.js";
import { ROOT } from "../cli/frostline.js";
import { decidedOtherwise, gradeBareFiles } from "./bare-files.js";
import { fineTuningWithin, gradeExamples } from "./grade-examples.js";

const expectedFolder = join(ROOT, "submissions/expected");
/** Graded in `keras-examples.test.ts`, where it stands on one page with Keras programs. */
const ELSEWHERE = "random-base";
const ENDLESS = "never-ends";
const names = readdirSync(expectedFolder).map((file) => file.replace(".json", ""));
const here = names.filter((name) => name !== ELSEWHERE && !name.startsWith("keras-"));
const cases = here.flatMap((name) => {
  const file = `${name}.json`;
  const text = readFileSync(join(expectedFolder, file), "utf8");
  return Object.entries(parseJson(Expectations, text, file)).map(([rubric, expected]) => ({
    name,
    rubric,
    expected,
  }));
});

describe("the TensorFlow.js programs of the example class", () => {
  let out = "";
  const rubrics = new Map<string, Rubric>();

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), "frostline-examples-"));
    await gradeExamples(
      here.filter((name) => name !== ENDLESS),
      "fine-tuning",
      out,
    );
    // What never ends need not be waited for as long as a class would.
    await gradeExamples([ENDLESS], await fineTuningWithin(3, out), out);
    for (const { rubric } of cases) rubrics.set(rubric, await readRubric(ROOT, rubric));
  }, 600_000);

  it("has an expected grade for every example, and an example for every expected grade", () => {
    expect(names.sort()).toEqual(readdirSync(join(ROOT, "submissions/examples")).sort());
  });

  it.each(cases)("gives $name what its name says under $rubric", ({ name, rubric: id, expected }) => {
    const path = join(out, "evidence", `${name}.json`);
    const evidence = parseJson(Evidence, readFileSync(path, "utf8"), path);
    const rubric = rubrics.get(id);
    expect(rubric && unmet(expected, judgeOne(evidence, { rubric }, GRADERS), evidence)).toEqual([]);
  });

  it("earns nothing by what a program writes about itself", () => {
    const path = join(out, "evidence/lies-about-its-accuracy.json");
    const { items } = parseJson(Evidence, readFileSync(path, "utf8"), path);
    expect(items.claims).toMatchObject({ origin: "claimed", value: { accuracy: 0.99 } });
    expect(items.heldOut).toMatchObject({ origin: "measured" });
  });

  describe("by their saved models alone", () => {
    let bare: Awaited<ReturnType<typeof gradeBareFiles>>;
    beforeAll(async () => {
      bare = await gradeBareFiles(out, "fine-tuning");
    }, 600_000);

    it("are graded wherever a program gave a model", () => {
      expect(here.filter((name) => !bare.names.includes(name))).toEqual(["crashes", "never-ends"]);
    });

    it.each(cases)("get the verdicts of $name under $rubric on all that a file can decide", (one) => {
      const rubric = rubrics.get(one.rubric);
      if (!bare.names.includes(one.name) || !rubric) return;
      expect(decidedOtherwise({ program: out, bare: bare.out }, one.name, rubric)).toEqual([]);
    });

    it("are taken as base and head where one takes what the other gives", () => {
      const path = join(bare.out, "evidence/honest-cached-features.json");
      const { items } = parseJson(Evidence, readFileSync(path, "utf8"), path);
      expect(items.structure).toMatchObject({ value: { composition: true } });
      expect(items.run).toMatchObject({
        value: { notes: ["model-1/model.json was taken as the base, model-2/model.json as the head on it."] },
      });
    });
  });
});
