import { expect, test } from "vitest";
import { ownPreparation } from "../../../src/kinds/keras/own-preparation.js";
import { stepOfRange } from "../../../src/kinds/keras/step-of-range.js";

test.each([
  ["def preprocess_data(X, Y):\n    return X / 255, Y", "preprocess_data"],
  ["import keras\ndef preprocess(image):\n    return image", "preprocess"],
  ["def preprocess_image(path): ...\ndef preprocess_images(x): ...", "preprocess_images"],
  ["class Data:\n    def preprocess(self, x): ...", null],
  ["x = preprocess_input(x)", null],
  ["# def preprocess(x):", null],
])("%j prepares its images by %s", (source, name) => {
  expect(ownPreparation(source)).toBe(name);
});

test("what was done to images is told by a known step, or by the range that came out", () => {
  const same = (min: number, max: number) => [0, 1, 2].map(() => ({ min, max }));
  expect(stepOfRange(same(0, 1))?.name).toBe("x / 255");
  expect(stepOfRange(same(-2.125, 2.5))).toMatchObject({
    name: "values from -2.13 to 2.5",
    offset: [-2.125, -2.125, -2.125],
  });
  expect(stepOfRange([{ min: 0, max: 1 }])).toBeNull();
});
