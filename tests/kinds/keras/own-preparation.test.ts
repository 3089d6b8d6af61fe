import { expect, test } from "vitest";
import { ownPreparation } from "../../../src/kinds/keras/own-preparation.js";
import { stepOfRange } from "../../../src/kinds/keras/step-of-range.js";
import { snapshotOf } from "./run-keras.js";

test.each([
  ["def preprocess_data(X, Y):\n    return X / 255, Y", "preprocess_data"],
  ["import keras\ndef preprocess(image):\n    return image", "preprocess"],
  ["def preprocess_image(path): ...\ndef preprocess_images(x): ...", "preprocess_images"],
  ["class Data:\n    def preprocess(self, x): ...", null],
  ["x = preprocess_input(x)", null],
  ["# def preprocess(x):", null],
])("%j prepares its images by %s", (source, name) => {
  expect(ownPreparation([{ name: "main.py", source }], snapshotOf({}))?.name ?? null).toBe(name);
});

const HELPER = "def preprocess(image):\n    return image / 255\n";

test.each([
  ["import helper\nx = helper.preprocess(x)", { "helper.py": HELPER }, "helper.py"],
  ["from helper import (load, preprocess as prepare)", { "helper.py": HELPER }, "helper.py"],
  ["from work import pixels\npixels.preprocess(x)", { "work/pixels.py": HELPER }, "work/pixels.py"],
  ["import os, work.pixels as p\np.preprocess(x)", { "work/pixels.py": HELPER }, "work/pixels.py"],
  ["from work import preprocess", { "work/__init__.py": HELPER }, "work/__init__.py"],
  ["import helper\nhelper.train()", { "helper.py": HELPER }, undefined],
  ["# import helper\npreprocess(x)", { "helper.py": HELPER }, undefined],
  ["import helper\ndef preprocess(x): ...", { "helper.py": HELPER }, "main.py"],
])("%j beside %j takes it from %s", (source, files, where) => {
  const found = ownPreparation([{ name: "main.py", source }], snapshotOf(files));
  expect(found?.parts[0]?.name).toBe(where);
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
