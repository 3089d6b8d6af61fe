import { describe, expect, it } from "vitest";
import { fall, newcombe, ramp, wilson } from "../../src/facts/index.js";
import { normalQuantile } from "../../src/facts/normal-quantile.js";

describe("normalQuantile", () => {
  // @stdlib/stats-base-dists-normal-quantile 0.3.1; the first digits are in every table of the normal distribution.
  it.each([
    [0.5, 0],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.025, -1.959963984540054],
    [0.9999, 3.719016485455709],
    [0.001, -3.090232306167813],
  ])("of %f is %f", (probability, quantile) => {
    expect(normalQuantile(probability)).toBeCloseTo(quantile, 7);
  });

  it.each([0, 1, -0.1, Number.NaN])("refuses %f", (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});

describe("wilson", () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("gives the published interval of %i in %i", (correct, n, low, high) => {
    const interval = wilson(correct, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it.each([
    [50, 35, 0.8],
    [100, 73, 0.8],
    [200, 150, 0.8],
    [500, 438, 0.9],
    [1000, 676, 0.7],
    [10000, 7934, 0.8],
  ])("with n = %i fails a bar at %i right and not one image later", (n, most, bar) => {
    expect(wilson(most, n, 0.95, "one").high).toBeLessThan(bar);
    expect(wilson(most + 1, n, 0.95, "one").high).toBeGreaterThanOrEqual(bar);
  });

  it("reaches exactly 0 and 1 at the ends", () => {
    expect(wilson(0, 7).low).toBe(0);
    expect(wilson(7, 7).high).toBe(1);
  });

  it.each([
    [1, 0],
    [-1, 5],
    [6, 5],
    [Number.NaN, 5],
    [1, 2.5],
  ])("refuses %f of %f", (correct, n) => {
    expect(() => wilson(correct, n)).toThrow(RangeError);
  });
});

describe("newcombe", () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [6, 7, 2, 7, 0.5714, 0.0582, 0.8062],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
    [0, 10, 0, 20, 0, -0.1611, 0.2775],
    [10, 10, 0, 20, 1, 0.6791, 1],
  ])("gives the published interval of %i/%i - %i/%i", (a, n, b, m, difference, low, high) => {
    const interval = newcombe({ correct: a, n }, { correct: b, n: m });
    expect(interval.difference).toBeCloseTo(difference, 4);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe("ramps", () => {
  it("rise from nothing to all", () => {
    expect([0.5, 0.6, 0.7, 0.8, 0.9].map((value) => ramp(value, 0.6, 0.8))).toEqual([
      0,
      0,
      expect.closeTo(0.5),
      1,
      1,
    ]);
  });

  it("fall from all to nothing", () => {
    expect([0.1, 0.2, 0.3, 0.4, 0.5].map((value) => fall(value, 0.2, 0.4))).toEqual([
      1,
      1,
      expect.closeTo(0.5),
      0,
      0,
    ]);
  });

  it("become steps that the bar itself passes", () => {
    expect([0.79, 0.8].map((value) => ramp(value, 0.8, 0.8))).toEqual([0, 1]);
    expect([0.8, 0.81].map((value) => fall(value, 0.8, 0.8))).toEqual([1, 0]);
  });

  it("give nothing for what is not a number", () => {
    expect(ramp(Number.NaN, 0, 1)).toBe(0);
    expect(fall(Number.NaN, 0, 1)).toBe(0);
    expect(ramp(Number.NEGATIVE_INFINITY, 0, 1)).toBe(0);
    expect(fall(Number.POSITIVE_INFINITY, 0, 1)).toBe(0);
  });
});
