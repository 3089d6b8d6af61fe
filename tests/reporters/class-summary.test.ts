import { describe, expect, it } from "vitest";
import { summariseClass } from "../../src/reporters/class-summary.js";
import { commonMistakes } from "../../src/reporters/common-mistakes.js";
import { classOf, crashed, honest, notFrozen, pending, sampleClass } from "./fixtures.js";

describe("the figures of a class", () => {
  it("leave pending marks out of the median and say how many they are", () => {
    const summary = summariseClass(classOf([honest(), notFrozen(), pending()]));
    expect(summary).toMatchObject({ submissions: 3, final: 2, pending: 1, lowest: 13.8, highest: 19.5 });
    expect(summary.median).toBeCloseTo(16.65);
  });

  it("put every submission into exactly one tenth and one state an item", () => {
    const summary = summariseClass(sampleClass());
    const inTenths = summary.tenths.reduce((sum, { final, pending: open }) => sum + final + open, 0);
    expect(inTenths).toBe(summary.submissions);
    for (const { counts } of summary.items) {
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(summary.submissions);
    }
  });

  it("are empty for an empty class", () => {
    expect(summariseClass(classOf([]))).toMatchObject({
      submissions: 0,
      median: null,
      items: [],
      possible: 0,
    });
  });
});

describe("common mistakes", () => {
  it("are those of several students, the costliest first, with their names", () => {
    const mistakes = commonMistakes(sampleClass());
    const costs = mistakes.map(({ pointsLost }) => pointsLost);
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
    const frozen = mistakes.find(({ item }) => item === "frozen-base");
    expect(frozen?.students.map(({ row }) => row.report.submission.id)).toEqual(["bo-tanaka", "jonas-weber"]);
  });

  it("count a program that crashed once, not once an item", () => {
    const mistakes = commonMistakes(classOf([crashed(), crashed()]));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatchObject({ title: "The program stopped with an error", pointsLost: 40 });
  });

  it("never count pending points", () => {
    expect(commonMistakes(classOf([pending(), pending()]))).toEqual([]);
  });
});
