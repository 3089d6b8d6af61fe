import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { Checkpoint } from "../../src/contract/checkpoint.js";
import { Dataset } from "../../src/contract/dataset.js";
import { parseJson } from "../../src/contract/parse.js";

const bundled = join(import.meta.dirname, "../../src/store/bundled");
const baseFolder = join(bundled, "efficientnet-lite0-stage5");
const emojiFolder = join(bundled, "emoji");

const checkpoint = parseJson(
  Checkpoint,
  readFileSync(join(baseFolder, "checkpoint.json"), "utf8"),
  "checkpoint.json",
);
const dataset = parseJson(Dataset, readFileSync(join(emojiFolder, "dataset.json"), "utf8"), "dataset.json");

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll(sep, "/"))
    .sort();

test("the bundled files together stay under 10 MB", () => {
  const bytes = filesBelow(bundled).reduce((sum, path) => sum + statSync(join(bundled, path)).size, 0);
  expect(bytes).toBeLessThan(10e6);
});

describe("the bundled base", () => {
  test("has the files its checkpoint names, with their sizes and hashes", () => {
    expect(filesBelow(baseFolder)).toEqual(["checkpoint.json", ...checkpoint.files.map((file) => file.path)]);
    for (const file of checkpoint.files) {
      const bytes = readFileSync(join(baseFolder, file.path));
      expect({ path: file.path, bytes: bytes.length, sha256: sha256(bytes) }).toEqual(file);
    }
  });

  test("has each registered tensor in its weights, in order and to the end", () => {
    const bytes = readFileSync(join(baseFolder, "weights.bin"));
    let start = 0;
    for (const tensor of checkpoint.tensors) {
      const size = tensor.shape.reduce((product, length) => product * length, 1);
      const slice = bytes.subarray(start, start + 4 * size);
      const values = new Float32Array(Uint8Array.from(slice).buffer);
      const mean = values.reduce((sum, value) => sum + value, 0) / size;
      const squares = values.reduce((sum, value) => sum + value * value, 0);
      const count = Math.min(64, size);
      const samples = Array.from({ length: count }, (_, i) => values[Math.floor((i * size) / count)]);
      expect(tensor.path).toBe(`${tensor.layer}/${tensor.slot}`);
      expect(sha256(slice), tensor.path).toBe(tensor.sha256);
      expect(tensor.samples.map(Math.fround), tensor.path).toEqual(samples);
      expect(Math.sqrt(squares)).toBeCloseTo(tensor.l2, 6);
      expect(mean).toBeCloseTo(tensor.mean, 8);
      expect(Math.sqrt(Math.max(0, squares / size - mean * mean))).toBeCloseTo(tensor.std, 5);
      start += 4 * size;
    }
    expect(start).toBe(bytes.length);
  });
});

describe("the bundled emoji", () => {
  const named = (split: string) =>
    dataset.files
      .filter((file) => file.path.startsWith(`${split}/`))
      .map((file) => file.path.slice(split.length));

  test("are the files the data set names, with their hashes", () => {
    const found = filesBelow(emojiFolder).filter((path) => path !== "dataset.json");
    expect(found).toEqual(dataset.files.map((file) => file.path).sort());
    for (const file of dataset.files) {
      expect(sha256(readFileSync(join(emojiFolder, file.path))), file.path).toBe(file.sha256);
    }
  });

  test("are 64 x 64 RGB pictures, as many of each class as the data set counts", () => {
    const counts: typeof dataset.counts = {};
    for (const { path } of dataset.files) {
      const [split = "", name = ""] = path.split("/");
      const ofSplit = counts[split] ?? {};
      counts[split] = { ...ofSplit, [name]: (ofSplit[name] ?? 0) + 1 };
      const { width, height, channels } = decode(readFileSync(join(emojiFolder, path)));
      expect({ width, height, channels }, path).toEqual(dataset.image);
    }
    expect(counts).toEqual(dataset.counts);
    expect(dataset.classes).toEqual(Object.keys(counts["train"] ?? {}).sort());
  });

  test("never stand on two sides of the split, by emoji or by bytes", () => {
    const emoji = ["train", "validation", "hidden"].flatMap(named).map((path) => path.split("/").at(-1));
    expect(new Set(emoji).size).toBe(emoji.length);
    expect(new Set(dataset.files.map((file) => file.sha256)).size).toBe(dataset.files.length);
  });

  test("are in the shifted set the same emoji as in the hidden one", () => {
    expect(named("shifted")).toEqual(named("hidden"));
  });
});
