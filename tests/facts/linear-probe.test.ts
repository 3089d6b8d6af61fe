import { describe, expect, it } from "vitest";
import { type LabelledFeatures, linearProbe } from "../../src/facts/index.js";

/** A fixed sequence of numbers in -1..1 that looks random. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 1073741824 - 1;
  };
}

/** Points around one centre a class; `spread` says how far. The last column never varies. */
function clusters(rows: number, classes: number, spread: number, seed: number): LabelledFeatures {
  const next = noise(seed);
  const outputs = classes + 1;
  const labels = Array.from({ length: rows }, (_, row) => row % classes);
  const values = new Float32Array(rows * outputs);
  labels.forEach((label, row) => {
    for (let column = 0; column < classes; column += 1)
      values[row * outputs + column] = (column === label ? 100 : 0) + spread * next();
    values[row * outputs + classes] = 7;
  });
  return { features: { rows, outputs, values }, labels };
}

const accuracy = (...data: Parameters<typeof linearProbe>): number => {
  const right = linearProbe(...data);
  return right.filter(Boolean).length / right.length;
};

describe("linear probe", () => {
  it("tells clusters apart whatever the scale of the features", () => {
    expect(accuracy(clusters(60, 3, 20, 1), clusters(90, 3, 20, 2), 3)).toBe(1);
  });

  it("is near chance where features say nothing of the class", () => {
    const none = clusters(120, 3, 10, 3);
    const flat = { ...none, features: clusters(120, 1, 10, 4).features };
    expect(accuracy(flat, { ...flat }, 3)).toBeLessThan(0.6);
  });

  it("is between the two where clusters overlap", () => {
    const rate = accuracy(clusters(150, 3, 150, 5), clusters(150, 3, 150, 6), 3);
    expect(rate).toBeGreaterThan(0.5);
    expect(rate).toBeLessThan(1);
  });

  it("gives the same answer again", () => {
    const data = [clusters(60, 4, 120, 7), clusters(60, 4, 120, 8)] as const;
    expect(linearProbe(...data, 4)).toEqual(linearProbe(...data, 4));
  });

  it("refuses vectors of different length, and nothing to try it on", () => {
    expect(() => linearProbe(clusters(6, 3, 1, 1), clusters(6, 2, 1, 1), 3)).toThrow(RangeError);
    expect(() => linearProbe(clusters(6, 3, 1, 1), clusters(0, 3, 1, 1), 3)).toThrow(RangeError);
  });
});
