import { describe, expect, it } from "vitest";
import { barPower, chanceOfAtMost, mostThatMiss } from "../../src/facts/index.js";

describe("the power of a bar", () => {
  // Computed independently with the one-sided 95 % Wilson upper bound.
  it.each([
    [50, 0.7, 29],
    [50, 0.8, 35],
    [50, 0.9, 41],
    [100, 0.7, 62],
    [100, 0.8, 73],
    [100, 0.9, 85],
    [200, 0.7, 129],
    [200, 0.8, 150],
    [200, 0.9, 173],
    [500, 0.8, 385],
    [1000, 0.9, 884],
    [10000, 0.8, 7934],
  ])("fails %i images under a bar of %f up to %i right answers", (n, bar, most) => {
    expect(mostThatMiss(n, bar)).toBe(most);
  });

  it.each([
    [50, 0.55],
    [100, 0.78],
    [200, 0.95],
  ])("catches with %i images a network ten points below 0.8 with a chance of %f", (n, caught) => {
    expect(barPower(n, 0.8, 0.1, "interval").caught).toBeCloseTo(caught, 2);
  });

  it("fails about one in twenty who meet the bar by the interval, and nearly half by the point", () => {
    expect(barPower(100, 0.8, 0.1, "interval").wronglyFailed).toBeCloseTo(0.056, 3);
    expect(barPower(100, 0.8, 0.1, "point").wronglyFailed).toBeCloseTo(0.441, 3);
  });

  it("cannot fail anybody on one image, nor anybody under a bar of 0", () => {
    expect(barPower(1, 0.5, 0.1, "interval")).toEqual({ misses: 0, wronglyFailed: 0, caught: 0 });
    expect(mostThatMiss(100, 0)).toBe(-1);
  });

  it("knows the certain chances", () => {
    expect(chanceOfAtMost(0, 10, 0)).toBe(1);
    expect(chanceOfAtMost(-1, 10, 0)).toBe(0);
    expect(chanceOfAtMost(9, 10, 1)).toBe(0);
    expect(chanceOfAtMost(10, 10, 1)).toBe(1);
    expect(chanceOfAtMost(5, 10, 0.5)).toBeCloseTo(0.623, 3);
  });
});
