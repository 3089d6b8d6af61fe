import { describe, expect, it } from "vitest";
import * as figures from "../../src/reporters/format-figures.js";

describe("figures in words", () => {
  it.each([
    [17.5, "17.5"],
    [0.1 + 0.2, "0.3"],
    [-0, "0"],
    [2.666666, "2.67"],
    [Number.NaN, "not known"],
  ])("writes %d points as %s", (points, words) => expect(figures.formatPoints(points)).toBe(words));

  it.each([
    [0.80104, "0.801"],
    [1, "1.000"],
    [Number.POSITIVE_INFINITY, "not known"],
  ])("writes the rate %d as %s", (rate, words) => expect(figures.formatRate(rate)).toBe(words));

  it.each([
    [992, "992"],
    [173_152, "173,152"],
    [1_234_567, "1,234,567"],
    [Number.NaN, "not known"],
  ])("counts %d as %s", (count, words) => expect(figures.formatCount(count)).toBe(words));

  it.each([
    [992, "992"],
    [5_568, "5.57 k"],
    [4_010_110, "4.01 M"],
    [7e9, "7 G"],
    [Number.NaN, "not known"],
  ])("shortens %d to %s", (count, words) => expect(figures.formatCompact(count)).toBe(words));

  it.each([
    [840, "840 ms"],
    [999.6, "1.0 s"],
    [12_430, "12.4 s"],
    [185_000, "3 min 5 s"],
    [Number.NaN, "not known"],
  ])("writes %d milliseconds as %s", (time, words) => expect(figures.formatDuration(time)).toBe(words));

  it("uses the singular for one", () => {
    expect(figures.formatNoun(1, "layer")).toBe("1 layer");
    expect(figures.formatNoun(2, "class", "classes")).toBe("2 classes");
  });
});
