import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Preprocessing } from "../../src/contract/index.js";
import { predict, readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { mobilenet, mobilenetMissing, REFERENCE } from "./mobilenet.js";

const ROOT = path.join(import.meta.dirname, "..", "..");
const MINUS_ONE_TO_ONE: Preprocessing = { name: "tf", scale: [1 / 127.5], offset: [-1], channels: "rgb" };
const DAISY = 985;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

test("the published MobileNet calls daisies daisies", async (ctx) => {
  const missing = mobilenetMissing();
  if (missing) return ctx.skip(missing);
  const folder = path.join(REFERENCE, "data", "flowers12", "test", "daisy");
  const images = readdirSync(folder)
    .slice(0, 8)
    .map((name) => readFileSync(path.join(folder, name)));
  const inputs = { images, imageSize: 224, preprocessing: MINUS_ONE_TO_ONE };
  const predicted = await predict({ sandbox, root: ROOT }, [mobilenet()], inputs);
  if (predicted.state !== "found") throw new Error(JSON.stringify(predicted));
  const { rows, outputs, values } = predicted.value;
  expect([rows, outputs]).toEqual([8, 1000]);
  const best = images.map((_, row) => {
    const scores = values.subarray(row * outputs, (row + 1) * outputs);
    return scores.indexOf(Math.max(...scores));
  });
  expect(best.filter((index) => index === DAISY).length).toBeGreaterThanOrEqual(7);
});

test("the published MobileNet is read with all its layers and weights", async (ctx) => {
  const missing = mobilenetMissing();
  if (missing) return ctx.skip(missing);
  const read = await readModel({ sandbox, root: ROOT }, mobilenet());
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  const { layers, weights, findings, outputShape } = read.value;
  expect(layers).toHaveLength(88);
  expect(layers.reduce((total, { parameters }) => total + parameters, 0)).toBe(475_544);
  expect(weights).toHaveLength(137);
  expect(outputShape).toEqual([null, 1000]);
  expect(findings).toEqual([]);
});
