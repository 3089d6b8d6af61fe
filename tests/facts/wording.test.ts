import { describe, expect, it } from "vitest";
import { inLanguage, listed, plural, rate, stepSize } from "../../src/facts/index.js";

describe("wording", () => {
  it("counts things", () => {
    expect([plural(0, "layer"), plural(1, "layer"), plural(2, "layer")]).toEqual([
      "0 layers",
      "1 layer",
      "2 layers",
    ]);
    expect([plural(1, "class", "classes"), plural(3, "class", "classes")]).toEqual(["1 class", "3 classes"]);
  });

  it.each([
    [0.5, "0.50"],
    [1, "1.00"],
    [0.9999, "0.9999"],
    [0, "0.00"],
    [0.001, "0.0010"],
  ])("never rounds the rate %f to a certainty", (value, text) => {
    expect(rate(value)).toBe(text);
  });

  it.each([
    [9.999999747378752e-6, "1e-5"],
    [0.0010000000474974513, "0.001"],
    [5e-4, "5e-4"],
    [0, "0"],
    [1.5, "1.5"],
  ])("writes the learning rate %f as people do", (value, text) => {
    expect(stepSize(value)).toBe(text);
  });

  it.each([
    [[], "none"],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
  ])("lists %j", (names, text) => {
    expect(listed(names)).toBe(text);
  });

  it("speaks the language of the program", () => {
    expect([
      inLanguage("tfjs", "js", "py"),
      inLanguage("keras-3", "js", "py"),
      inLanguage("unknown", "js", "py"),
    ]).toEqual(["js", "py", "py"]);
  });
});
