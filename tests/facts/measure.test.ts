import { describe, expect, it } from "vitest";
import { FrostlineFault, type Predictions } from "../../src/contract/index.js";
import { classOrderSuspected, majorityRate, measure, onlyClass } from "../../src/facts/index.js";

const RAW = { step: { name: "raw", scale: [1], offset: [0], channels: "rgb" as const }, origin: "test" };
const CLASSES = ["animals", "food", "travel"];

const predictions = (rows: readonly (readonly number[])[]): Predictions => ({
  rows: rows.length,
  outputs: rows[0]?.length ?? 0,
  values: Float32Array.from(rows.flat()),
});

const faultOf = (run: () => unknown): FrostlineFault["fault"] => {
  try {
    run();
  } catch (error) {
    if (error instanceof FrostlineFault) return error.fault;
  }
  throw new Error("No fault was thrown.");
};

describe("measure", () => {
  const rows = [
    [0.8, 0.1, 0.1],
    [0.2, 0.7, 0.1],
    [0.5, 0.3, 0.2],
    [0.1, 0.1, 0.8],
  ];

  it("counts what was answered for what was true", () => {
    const accuracy = measure(predictions(rows), [0, 1, 1, 2], CLASSES, RAW);
    expect(accuracy).toMatchObject({
      n: 4,
      correct: 3,
      confusion: [
        [1, 0, 0],
        [1, 1, 0],
        [0, 0, 1],
      ],
    });
  });

  it("gives the likelihood and calibration of probabilities", () => {
    const { logLoss, calibrationError } = measure(predictions(rows), [0, 1, 1, 2], CLASSES, RAW);
    expect(logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.3) + Math.log(0.8)) / 4, 5);
    // Confidence 0.8 twice and 0.7 once are right, 0.5 once is wrong: (|1.6 - 2| + |0.7 - 1| + |0.5 - 0|) / 4.
    expect(calibrationError).toBeCloseTo(0.3, 5);
  });

  // scikit-learn, the example of sklearn.metrics.log_loss: 0.21616...
  it("gives the published likelihood of spam and ham", () => {
    const published = predictions([
      [0.1, 0.9],
      [0.9, 0.1],
      [0.8, 0.2],
      [0.35, 0.65],
    ]);
    const { logLoss } = measure(published, [1, 0, 0, 1], ["ham", "spam"], RAW);
    expect(logLoss).toBeCloseTo(0.21616, 5);
  });

  it("gives neither for raw scores", () => {
    const accuracy = measure(
      predictions([
        [3, -1, 0],
        [0, 2, 1],
      ]),
      [0, 1],
      CLASSES,
      RAW,
    );
    expect(accuracy).toMatchObject({ correct: 2, logLoss: null, calibrationError: null });
  });

  it("keeps the loss of a certain mistake finite", () => {
    const { logLoss, calibrationError } = measure(predictions([[1, 0, 0]]), [1], CLASSES, RAW);
    expect(logLoss).toBeCloseTo(16.1, 1);
    expect(calibrationError).toBe(1);
  });

  it("reads one output of two classes as the probability of the second", () => {
    const accuracy = measure(predictions([[0.2], [0.9], [0.6]]), [0, 1, 0], ["cat", "dog"], RAW);
    expect(accuracy).toMatchObject({
      correct: 2,
      confusion: [
        [1, 1],
        [0, 1],
      ],
    });
    expect(accuracy.logLoss).not.toBeNull();
  });

  it("reads one output beyond 0..1 as a raw score", () => {
    const accuracy = measure(predictions([[-3], [0.4], [5]]), [0, 1, 1], ["cat", "dog"], RAW);
    expect(accuracy).toMatchObject({ correct: 3, logLoss: null });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("lets no %f pass", (value) => {
    const bad = predictions([
      [0.1, 0.2, 0.7],
      [value, 0, 0],
    ]);
    expect(faultOf(() => measure(bad, [0, 1], CLASSES, RAW))).toMatchObject({
      code: "prediction-not-finite",
      blame: "submission",
      params: { count: 1, total: 6 },
    });
  });

  it.each([
    ["outputs for other classes", predictions([[0.5, 0.5]]), [0], 2],
    ["one output for three classes", predictions([[0.5]]), [0], 1],
    ["fewer rows than images", predictions([[0.1, 0.2, 0.7]]), [0, 1], 1.5],
    ["values that do not fill the rows", { rows: 1, outputs: 3, values: new Float32Array(2) }, [0], 2],
  ])("refuses %s", (_, bad, labels, found) => {
    expect(faultOf(() => measure(bad, labels, CLASSES, RAW))).toMatchObject({
      code: "prediction-shape",
      params: { found, expected: 3, classes: "animals, food, travel" },
    });
  });

  it.each([[[]], [[3]], [[-1]]])("refuses labels %j as a mistake of ours", (labels) => {
    expect(() => measure(predictions([[0.1, 0.2, 0.7]]), labels, CLASSES, RAW)).toThrow(RangeError);
  });
});

describe("what a confusion matrix shows", () => {
  it("the largest class is the baseline", () => {
    expect(
      majorityRate({
        n: 10,
        confusion: [
          [1, 2, 0],
          [0, 4, 1],
          [1, 0, 1],
        ],
      }),
    ).toBe(0.5);
  });

  it("one answer for everything", () => {
    expect(
      onlyClass({
        classes: CLASSES,
        confusion: [
          [0, 5, 0],
          [0, 3, 0],
          [0, 2, 0],
        ],
      }),
    ).toBe("food");
    expect(
      onlyClass({
        classes: CLASSES,
        confusion: [
          [0, 5, 0],
          [1, 3, 0],
          [0, 2, 0],
        ],
      }),
    ).toBeNull();
  });

  it("no answer at all", () => {
    expect(onlyClass({ classes: CLASSES, confusion: [[0, 0, 0]] })).toBeNull();
  });

  it.each([
    [
      "a turned order",
      [
        [0, 9, 1],
        [1, 0, 9],
        [9, 1, 0],
      ],
      true,
    ],
    [
      "the right order",
      [
        [9, 1, 0],
        [0, 9, 1],
        [1, 0, 9],
      ],
      false,
    ],
    [
      "no clear answer",
      [
        [3, 4, 3],
        [3, 3, 4],
        [4, 3, 3],
      ],
      false,
    ],
    [
      "two classes answered alike",
      [
        [0, 9, 1],
        [0, 9, 1],
        [9, 1, 0],
      ],
      false,
    ],
  ])("%s", (_, confusion, suspected) => {
    expect(classOrderSuspected({ confusion })).toBe(suspected);
  });
});
