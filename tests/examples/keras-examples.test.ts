import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GRADERS } from "../../graders/index.js";
import { Evidence, Grade, parseJson } from "../../src/contract/index.js";
import { Expectations, unmet } from "../../src/harness/expectation.js";
import { judgeOne } from "../../src/harness/judge-run.js";
import { readRubric } from "../../src/harness/open-assignment.js";
import { BY_ANSWERS } from "../../src/harness/step-by-answers.js";
import { pythonIsMissing, ROOT } from "../kinds/keras/run-keras.js";
import { decidedOtherwise, gradeBareFiles } from "./bare-files.js";
import { fineTuningWithin, gradeExamples } from "./grade-examples.js";

const EXAMPLES = path.join(ROOT, "submissions/examples");
const names = readdirSync(EXAMPLES).filter((name) => name.startsWith("keras-"));

/** A TensorFlow.js program that is graded here, in one run with the Keras programs, and not in `examples.test.ts`. */
const TWIN = "random-base";
const ENDLESS = "keras-never-ends";

const expectedOf = (name: string) => {
  const file = path.join(ROOT, "submissions/expected", `${name}.json`);
  return existsSync(file) ? parseJson(Expectations, readFileSync(file, "utf8"), file) : null;
};

describe.skipIf(pythonIsMissing() !== null)("the Keras programs of the example class", () => {
  let out = "";
  const evidenceOf = (name: string): Evidence => {
    const file = path.join(out, "evidence", `${name}.json`);
    return parseJson(Evidence, readFileSync(file, "utf8"), file);
  };

  beforeAll(async () => {
    out = await mkdtemp(path.join(tmpdir(), "frostline-keras-"));
    // On a busy machine training takes longer than the rubric gives; what never ends is waited for no longer than it trains.
    const ending = names.filter((name) => name !== ENDLESS);
    await gradeExamples([...ending, TWIN], await fineTuningWithin(150, out), out);
    await gradeExamples([ENDLESS], await fineTuningWithin(15, out), out);
  }, 1_200_000);

  afterAll(() => rm(out, { recursive: true, force: true }));

  it.each(names)("gives %s what its name says", async (name) => {
    const expected = Object.entries(expectedOf(name) ?? {});
    expect(expected.length).toBeGreaterThan(0);
    const evidence = evidenceOf(name);
    for (const [id, wanted] of expected) {
      const rubric = await readRubric(ROOT, id);
      expect(unmet(wanted, judgeOne(evidence, { rubric }, GRADERS), evidence)).toEqual([]);
    }
  });

  it("stand on one class page with TensorFlow.js programs, by the same marks", () => {
    const page = readFileSync(path.join(out, "index.html"), "utf8");
    expect(page).toContain(TWIN);
    expect(page).toContain(`keras-${TWIN}`);
    const grades = [TWIN, `keras-${TWIN}`].map((name) =>
      readFileSync(path.join(out, "grades", `${name}.json`), "utf8"),
    );
    const [first, second] = grades.map((text) => parseJson(Grade, text, "grade").earned);
    expect(first).toBe(second);
  });

  it("says which Keras a program was run under and why", () => {
    const { run } = evidenceOf("keras-tf-keras-2-lambda-resize").items;
    expect(run).toMatchObject({ value: { backend: expect.stringContaining("tf.keras 2") } });
    expect(JSON.stringify(run)).toContain("the program uses `lr=`");
  });

  it("says what stopped a program whose model could be judged all the same", () => {
    expect(evidenceOf(ENDLESS).items.run).toMatchObject({
      value: {
        stopped: { code: "time-limit", params: { where: expect.stringMatching(/main\.py, line 2[23]$/) } },
      },
    });
    expect(evidenceOf("keras-crashes-after-training").items.run).toMatchObject({
      value: { stopped: { code: "program-error", params: { file: "main.py", line: 24 } } },
    });
  });

  it("gives unseen images to the program's own function where the model does not prepare them", () => {
    expect(evidenceOf("keras-own-preprocess").items.heldOut).toMatchObject({
      value: { preprocessing: { origin: "the program's own `preprocess_data`" } },
    });
  });

  it("sees augmentation wherever it stands", () => {
    for (const [name, words] of [
      ["keras-tf-data-augmentation", "random operations in the tf.data pipeline"],
      [
        "keras-image-data-generator",
        "ImageDataGenerator with rotation_range, width_shift_range, horizontal_flip",
      ],
    ] as const)
      expect(evidenceOf(name).items.phases).toMatchObject({ value: { fits: [{ augmentation: words }] } });
  });

  describe("by their saved models alone", () => {
    let bare: Awaited<ReturnType<typeof gradeBareFiles>>;
    beforeAll(async () => {
      bare = await gradeBareFiles(out, "fine-tuning");
    }, 600_000);

    it("are graded, all of them", () => expect(bare.names).toEqual([...names, TWIN].sort()));

    it.each([...names, TWIN])("get the verdicts of %s on all that a file can decide", async (name) => {
      for (const id of Object.keys(expectedOf(name) ?? {})) {
        const rubric = await readRubric(ROOT, id);
        expect(decidedOtherwise({ program: out, bare: bare.out }, name, rubric)).toEqual([]);
      }
    });

    it("wait for the accuracy of a layer that only its program can compute, by name", () => {
      const path = `${bare.out}/evidence/keras-tf-keras-2-lambda-resize.json`;
      const { items } = parseJson(Evidence, readFileSync(path, "utf8"), path);
      const fault = { code: "model-layer", blame: "harness", params: { layer: "lambda", class: "Lambda" } };
      expect(items.heldOut).toMatchObject({ state: "failed", fault });
    });

    it("are given the pixels that they were trained on, where only their answers show which", () => {
      const path = `${bare.out}/evidence/keras-wrong-preprocessing.json`;
      const { items } = parseJson(Evidence, readFileSync(path, "utf8"), path);
      const step = { step: { name: "raw pixels 0..255" }, origin: BY_ANSWERS };
      expect(items.heldOut).toMatchObject({ value: { preprocessing: step } });
    });
  });

  /** What only a measured accuracy decides: two frameworks do not train to the same weights. */
  const MEASURED = ["validation-accuracy", "train-val-gap", "domain-shift", "gain-over-baseline"];

  /** Twins train for different numbers of epochs, so of these only whether they count at all is the same. */
  const shareOf = ({ id, earned, points }: Grade["items"][number]): number =>
    id === "training-happened" ? Math.sign(earned) : earned / points;

  it.each([
    ["honest-feature-extraction", "keras-lesson-feature-extraction"],
    ["honest-fine-tuning", "keras-lesson-fine-tuning"],
    ["honest-cached-features", "keras-cached-features"],
    ["base-never-frozen", "keras-base-never-frozen"],
    ["not-recompiled", "keras-not-recompiled"],
    ["random-base", "keras-random-base"],
    ["lies-about-its-accuracy", "keras-forges-its-results"],
  ])(
    "the graders say the same of the TensorFlow.js program %s and of its Keras twin %s",
    async (tfjs, keras) => {
      const file = path.join(ROOT, "reports/sample/evidence", `${tfjs}.json`);
      const twins = [parseJson(Evidence, readFileSync(file, "utf8"), file), evidenceOf(keras)];
      for (const id of ["feature-extraction", "fine-tuning", "domain-shift", "full-transfer"]) {
        const rubric = await readRubric(ROOT, id);
        const [first, second] = twins.map((evidence) =>
          judgeOne(evidence, { rubric }, GRADERS).items.map((item) => ({
            rubric: id,
            item: item.id,
            outcome: item.verdict.outcome,
            score: MEASURED.includes(item.id) ? null : shareOf(item),
          })),
        );
        expect(second).toEqual(first);
      }
    },
  );
});
