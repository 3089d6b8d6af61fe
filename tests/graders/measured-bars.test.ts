import { expect, it } from "vitest";
import { fewestImages, measuredBar } from "../../graders/measured-bars.js";

it("finds the rate that an item holds against images, and how", () => {
  const options = { threshold: 0.8, compare: "point", confidence: 0.9 };
  expect(measuredBar("validation-accuracy", options)).toEqual({
    option: "threshold",
    per: "all",
    rate: 0.8,
    compare: "point",
    confidence: 0.9,
  });
  const recall = measuredBar("class-recall", { minRecall: 0.5, compare: "interval", confidence: 0.95 });
  expect(recall).toMatchObject({ per: "class", rate: 0.5, compare: "interval" });
  expect(measuredBar("class-recall", { minRecall: null })).toBeNull();
  expect(measuredBar("frozen-base", {})).toBeNull();
});

it("finds the number of images below which an item does not apply", () => {
  expect(fewestImages({ minImages: 500 })).toBe(500);
  expect(fewestImages({})).toBeNull();
});
