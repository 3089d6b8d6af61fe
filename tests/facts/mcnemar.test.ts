import { describe, expect, it } from "vitest";
import { sampleAccuracy } from "../../graders/case-evidence.js";
import type { ProbeBaselines } from "../../src/contract/index.js";
import {
  besideProbes,
  besideWords,
  betterOrWorse,
  chanceOfAtMost,
  mcnemar,
  paired,
  seedSpread,
} from "../../src/facts/index.js";

describe("mcnemar", () => {
  it.each([
    // M. P. Fay, The R Journal 2(1) (2010) 53-58, and the manual of exact2x2: b = 9, c = 2.
    [9, 2, 0.06543, 5],
    // https://en.wikipedia.org/wiki/McNemar%27s_test, the example of exact and mid-P values: b = 6, c = 16.
    [6, 16, 0.052, 3],
    [0, 5, 2 / 32, 12],
    [1, 1, 1, 12],
    [0, 0, 1, 12],
    [10, 10, 1, 12],
  ])("of %i won and %i lost is %f", (won, lost, chance, digits) => {
    expect(mcnemar({ won, lost })).toBeCloseTo(chance, digits);
    expect(mcnemar({ won: lost, lost: won })).toBe(mcnemar({ won, lost }));
  });

  // S. Siegel, Nonparametric Statistics (1956), table D of the binomial test, which is one-sided.
  it.each([
    [3, 12, 0.018],
    [18, 7, 0.022],
  ])("of %i won and %i lost is twice the tabled %f", (won, lost, tabled) => {
    expect(mcnemar({ won, lost }) / 2).toBeCloseTo(tabled, 3);
  });

  it.each([
    [-1, 2],
    [1.5, 2],
    [Number.NaN, 2],
    [1, Number.POSITIVE_INFINITY],
  ])("refuses %f won and %f lost", (won, lost) => {
    expect(() => mcnemar({ won, lost })).toThrow(RangeError);
  });

  it.each([
    [31, 12, "better"],
    [12, 31, "worse"],
    [12, 9, "neither"],
    [0, 0, "neither"],
  ])("calls %i won and %i lost %s", (won, lost, outcome) => {
    expect(betterOrWorse({ images: 100, won, lost })).toBe(outcome);
  });
});

describe("the binomial distribution behind it", () => {
  // @stdlib/stats-base-dists-binomial-cdf 0.2.3.
  it.each([
    [7, 20, 0.13158798217773438],
    [400, 1000, 1.3642320780329893e-10],
    [4900, 10_000, 0.023292763852477798],
  ])("gives at most %i of %i the chance of a library", (most, n, chance) => {
    expect(chanceOfAtMost(most, n, 0.5) / chance).toBeCloseTo(1, 9);
  });
});

describe("two networks on the same images", () => {
  it("are counted image by image", () => {
    expect(paired("110010", "101000")).toEqual({ images: 6, won: 2, lost: 1 });
  });

  it.each([
    ["11", "1"],
    ["", ""],
  ])("are refused as %o and %o", (one, other) => {
    expect(() => paired(one, other)).toThrow(RangeError);
  });
});

describe("seed spread", () => {
  // NIST/SEMATECH e-Handbook, 1.3.5.6: the standard deviation divides by n - 1.
  it("is the standard deviation of the sample around its mean", () => {
    expect(seedSpread([0.7, 0.72, 0.68, 0.74, 0.66])).toEqual({
      seeds: 5,
      mean: expect.closeTo(0.7, 12),
      deviation: expect.closeTo(Math.sqrt(0.001), 12),
    });
  });

  it("needs two", () => {
    expect(() => seedSpread([0.7])).toThrow(RangeError);
  });
});

describe("a submission beside the probes of its base", () => {
  const probe: ProbeBaselines = {
    schema: "frostline/baselines/2",
    base: "sample",
    training: 30,
    images: [3, 0, 1],
    randomBase: "000",
    linearProbe: "101",
    spread: { seeds: 5, mean: 0.7, deviation: 0.02 },
  };

  it("is compared on the images that both were tried on", () => {
    expect(besideProbes(probe, { ...sampleAccuracy(2, 4), right: "0110" })).toEqual({
      randomBase: 0,
      linearProbe: 2 / 3,
      measuredOn: { base: "sample", training: 30, images: 3 },
      spread: probe.spread,
      paired: { randomBase: { images: 3, won: 1, lost: 0 }, linearProbe: { images: 3, won: 0, lost: 1 } },
    });
  });

  it.each([undefined, "01"])("is not compared where its answers are %s", (right) => {
    const beside = besideProbes(probe, { ...sampleAccuracy(2, 4), ...(right ? { right } : {}) });
    expect(beside.paired).toBeUndefined();
  });

  it("is told when a single layer does better", () => {
    const none = { images: 100, won: 0, lost: 0 };
    const words = besideWords({
      majority: 0.4,
      randomBase: 0.5,
      linearProbe: 0.7,
      spread: probe.spread,
      paired: { randomBase: none, linearProbe: { images: 100, won: 3, lost: 40 } },
    });
    expect(words).toEqual([
      "Measurably worse than the linear probe on the same base: training made less of the base than a single layer does: 3 images won, 40 lost, p < 0.001.",
      "Fitted anew to 5 draws of the training images, the probe reaches 0.70 ± 0.02: a smaller difference means little.",
    ]);
    expect(besideWords({ majority: 0.4, randomBase: null, linearProbe: null })).toEqual([]);
  });
});
