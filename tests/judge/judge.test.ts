import { Type } from "@sinclair/typebox";
import { describe, expect, it } from "vitest";
import {
  sampleAccuracy,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../../graders/case-evidence.js";
import { GRADERS } from "../../graders/index.js";
import {
  absent,
  defineGrader,
  type Evidence,
  type EvidenceKey,
  FrostlineFault,
  failed,
  fault,
  type Grade,
  type Grader,
  type Rubric,
  type Verdict,
} from "../../src/contract/index.js";
import { compileRubric, gradeText, judge, nextStep, rubricHash } from "../../src/judge/index.js";
import { evidenceOf, sha256 } from "./evidence-of.js";

const rubric = (items: Rubric["items"]): Rubric => ({
  id: "test",
  title: "Test",
  data: { dataset: "emoji", bases: [] },
  items,
});

const all = rubric([
  { grader: "pretrained-base", points: 0.1 },
  { grader: "frozen-base", points: 0.2, options: { phase: "all" } },
  { grader: "learning-rate", points: 0.7, options: { max: 0.01 } },
  { grader: "validation-accuracy", points: 1 / 3, options: { threshold: 0.8, partialFrom: 0.5 } },
]);

const honest = evidenceOf({
  structure: sampleStructure(),
  weights: sampleWeights(),
  phases: samplePhases([samplePhase(["head"])]),
  heldOut: sampleAccuracy(150, 191),
});

const gradeOf = (evidence: Evidence, of: Rubric = all, graders: readonly Grader[] = GRADERS): Grade =>
  judge(evidence, of, graders, sha256);

const withItem = (evidence: Evidence, key: EvidenceKey, item: Evidence["items"][EvidenceKey]): Evidence => ({
  ...evidence,
  items: { ...evidence.items, [key]: item },
});

const saying = (verdict: Verdict, more: Partial<Grader> = {}): Grader => ({
  ...defineGrader({
    id: "stub",
    title: "Stub",
    why: "",
    needs: [],
    uses: [],
    options: Type.Object({}),
    grade: () => verdict,
  }),
  ...more,
});
const half: Verdict = {
  outcome: "scored",
  score: 0.5,
  found: "half",
  expected: "whole",
  proof: "proved",
  details: [],
};
const stub = rubric([{ grader: "stub", points: 10 }]);

describe("judge", () => {
  it("adds points without float dust", () => {
    expect(gradeOf(honest)).toMatchObject({ earned: 1.3333, pending: 0, possible: 1.3333 });
  });

  it("rounds marks to two decimals, but never a full score", () => {
    const thirds = gradeOf(honest, stub, [saying({ ...half, score: 1 / 3 })]);
    expect(thirds.items[0]?.earned).toBe(3.33);
    expect(
      gradeOf(honest, rubric([{ grader: "stub", points: 0.333 }]), [saying({ ...half, score: 1 })]).earned,
    ).toBe(0.333);
    expect(
      gradeOf(honest, rubric([{ grader: "stub", points: 0.004 }]), [saying({ ...half, score: 0.9999 })])
        .earned,
    ).toBe(0);
  });

  it("hands a grader what it declared, unwrapped, and the classes", () => {
    const seen: unknown[] = [];
    const curious = saying(half, {
      needs: ["structure"],
      uses: ["phases", "claims"],
      grade: (evidence) => {
        seen.push(evidence);
        return half;
      },
    });
    gradeOf(honest, stub, [curious]);
    expect(seen).toEqual([
      {
        structure: sampleStructure(),
        phases: samplePhases([samplePhase(["head"])]),
        claims: null,
        classes: ["animals", "food", "travel"],
      },
    ]);
  });

  it("leaves pending what was not looked at when the evidence was stored", () => {
    const { leakage: _, ...items } = honest.items;
    const older = { ...honest, items };
    expect(gradeOf(older, rubric([{ grader: "data-leakage", points: 2 }]))).toMatchObject({
      pending: 2,
      items: [{ verdict: { outcome: "ungraded", why: expect.stringContaining("grading it again") } }],
    });
    expect(gradeOf(older)).toMatchObject({ earned: 1.3333, pending: 0 });
  });

  it("takes the words of the submission's fault for a lost point", () => {
    const crashed = withItem(
      honest,
      "heldOut",
      failed(fault("prediction-not-finite", { count: 3, total: 9 })),
    );
    const item = gradeOf(crashed).items[3];
    expect(item).toMatchObject({
      earned: 0,
      pending: 0,
      verdict: {
        outcome: "scored",
        score: 0,
        found: "3 of 9 predictions are not numbers.",
        expected: "Finite numbers.",
        advice: "Training diverged: lower the learning rate and check the preprocessing.",
      },
    });
  });

  it.each(["sandbox-failed", "dataset-missing"] as const)("leaves points pending for %s", (code) => {
    const broken = withItem(
      honest,
      "heldOut",
      failed(fault(code, { reason: "x", name: "emoji", known: "none" })),
    );
    expect(gradeOf(broken).items[3]).toMatchObject({
      earned: 0,
      pending: 1 / 3,
      verdict: { outcome: "ungraded", fault: { code } },
    });
  });

  it("leaves points pending while our side is broken, even where the submission is too", () => {
    const both = saying(half, { needs: ["structure", "heldOut"] });
    const ours = withItem(
      withItem(honest, "structure", failed(fault("no-model"))),
      "heldOut",
      failed(fault("internal", { message: "x" })),
    );
    expect(gradeOf(ours, stub, [both])).toMatchObject({ earned: 0, pending: 10 });
  });

  it("leaves points pending where evidence is absent, and says why", () => {
    const verdict = gradeOf(withItem(honest, "heldOut", absent("There are no hidden images."))).items[3]
      ?.verdict;
    expect(verdict).toEqual({ outcome: "ungraded", why: "There are no hidden images.", fault: null });
  });

  it("gives only a full score while evidence that is merely used is missing through our fault", () => {
    const broken = withItem(honest, "claims", failed(fault("sandbox-failed", { reason: "x" })));
    expect(gradeOf(broken, stub, [saying(half, { uses: ["claims"] })])).toMatchObject({
      earned: 0,
      pending: 10,
    });
    expect(gradeOf(broken, stub, [saying({ ...half, score: 1 }, { uses: ["claims"] })])).toMatchObject({
      earned: 10,
      pending: 0,
    });
  });

  it("takes what does not apply out of the sum", () => {
    const grade = gradeOf(honest, stub, [saying({ outcome: "not-applicable", why: "No second phase." })]);
    expect(grade).toMatchObject({ earned: 0, pending: 0, possible: 0 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.1])("lets no score of %f pass", (score) => {
    expect(gradeOf(honest, stub, [saying({ ...half, score })])).toMatchObject({
      earned: 0,
      pending: 10,
      items: [{ verdict: { outcome: "ungraded", fault: { code: "internal", blame: "harness" } } }],
    });
  });

  it("does not let a grader that throws cost points", () => {
    const broken = saying(half, {
      grade: () => {
        throw new Error("Oh.");
      },
    });
    expect(gradeOf(honest, stub, [broken]).items[0]?.verdict).toMatchObject({
      outcome: "ungraded",
      fault: { params: { message: "the grader stub: Error: Oh." } },
    });
  });

  it("passes the stamp and the titles on", () => {
    const grade = gradeOf(
      { ...honest, stamp: "SELF-CHECK" },
      rubric([{ grader: "frozen-base", points: 1, title: "Ice" }]),
    );
    expect(grade.stamp).toBe("SELF-CHECK");
    expect(grade.items[0]).toMatchObject({
      id: "frozen-base",
      title: "Ice",
      why: expect.stringMatching(/head/),
    });
  });

  it("gives the same bytes for evidence before and after it was stored", () => {
    const strange = { ...honest, items: { ...honest.items, phases: { ...honest.items.phases } } };
    expect(gradeText(gradeOf(JSON.parse(JSON.stringify(strange))))).toBe(gradeText(gradeOf(strange)));
    expect(gradeText(gradeOf(honest))).toMatch(/^\{"earned":.*\}\n$/);
  });

  it("names the rubric by its content, whatever the order of its fields", () => {
    const { id, title, data, items } = all;
    expect(rubricHash({ items, data, title, id, $schema: "./x.json" }, sha256)).toBe(rubricHash(all, sha256));
    expect(rubricHash({ ...all, title: "Other" }, sha256)).not.toBe(rubricHash(all, sha256));
  });
});

describe("compileRubric", () => {
  const faultOf = (items: Rubric["items"]): FrostlineFault["fault"] => {
    try {
      compileRubric(rubric(items), GRADERS, "rubrics/x.json");
    } catch (error) {
      if (error instanceof FrostlineFault) return error.fault;
    }
    throw new Error("No fault was thrown.");
  };

  it("fills in the defaults of every option", () => {
    expect(compileRubric(rubric([{ grader: "frozen-base", points: 1 }]), GRADERS)[0]?.options).toEqual({
      phase: 1,
      partialFrom: 1,
    });
  });

  it("suggests the nearest grader", () => {
    expect(faultOf([{ grader: "frozen-bass", points: 1 }])).toMatchObject({
      code: "rubric-grader",
      blame: "instructor",
      params: { grader: "frozen-bass", hint: "Did you mean `frozen-base`?" },
    });
    expect(faultOf([{ grader: "zebra", points: 1 }]).params["hint"]).toBe("Choose one of these.");
  });

  it("names the place of an unknown option and suggests the nearest", () => {
    const wrong = { grader: "validation-accuracy", points: 1, options: { treshold: 0.5 } };
    expect(faultOf([{ grader: "frozen-base", points: 1 }, wrong])).toMatchObject({
      code: "json-invalid",
      params: { file: "rubrics/x.json", path: "/items/1/options", hint: "Did you mean `threshold`?" },
    });
  });

  it("names the place of a wrong value", () => {
    expect(faultOf([{ grader: "validation-accuracy", points: 1, options: { threshold: 65 } }])).toMatchObject(
      {
        params: { path: "/items/0/options/threshold", found: "65" },
      },
    );
  });

  it("wants an id of its own for each item", () => {
    const one = { grader: "learning-rate", points: 1 };
    expect(faultOf([one, one])).toMatchObject({
      params: { path: "/items/1/id", found: "a second item `learning-rate`" },
    });
    expect(compileRubric(rubric([one, { ...one, id: "learning-rate-2" }]), GRADERS)).toHaveLength(2);
  });

  it("passes on a mistake of ours", () => {
    const broken = {
      ...saying(half),
      options: Type.Object({ x: Type.String({ format: 5 as unknown as string }) }),
    };
    const strange = { ...broken, options: { type: "nonsense" } as unknown as Grader["options"] };
    expect(() => compileRubric(stub, [strange])).toThrow(/nonsense|type/);
  });
});

describe("nextStep", () => {
  it("is the advice for what lost most", () => {
    const grade = gradeOf(withItem(honest, "heldOut", failed(fault("no-model"))), all);
    expect(nextStep(grade)).toMatch(/Call `model.fit`/);
  });

  it("is what was expected where there is no advice", () => {
    expect(nextStep(gradeOf(honest, stub, [saying(half)]))).toBe("Stub: whole");
  });

  it("is what is waited for, once nothing is lost", () => {
    const grade = gradeOf(
      honest,
      rubric([
        { grader: "frozen-base", points: 1 },
        { grader: "train-val-gap", points: 1 },
      ]),
    );
    expect(nextStep(grade)).toBe(
      "Gap between training and unseen images is not decided yet: No training in this case.",
    );
  });

  it("is praise, once nothing is left", () => {
    expect(nextStep(gradeOf(honest, rubric([{ grader: "frozen-base", points: 1 }])))).toBe(
      "Every point is earned: nothing to change.",
    );
    expect(nextStep({ ...gradeOf(honest), items: [] })).toMatch(/Every point/);
  });
});
