import { describe, expect, it } from "vitest";
import { declaredBytesOf } from "../../../../src/kinds/tfjs/engine/host/declared-bytes.js";
import type { TableEntry } from "../../../../src/kinds/tfjs/engine/host/tensor-table.js";

const float = (...shape: number[]): TableEntry => ({
  native: 0,
  dtype: 1,
  shape,
  bytes: 4 * shape.reduce((a, b) => a * b, 1),
  values: undefined,
});
const ints = (...values: number[]): TableEntry => ({
  native: 0,
  dtype: 3,
  shape: [values.length],
  bytes: 0,
  values,
});

describe("the bytes an op declares", () => {
  it.each([
    ["Fill", [ints(100, 200), float()], [], 80_000],
    ["Tile", [float(3, 4), ints(10, 10)], [], 4800],
    ["Add", [float(10_000, 1), float(1, 10_000)], [], 400_000_000],
    ["Add", [float(2, 3), float()], [], 0],
    ["PadV2", [float(2, 2), ints(1, 1, 2, 2)], [], 96],
    ["ResizeBilinear", [float(2, 4, 4, 3), ints(10, 10)], [], 2400],
    ["BatchMatMulV2", [float(20, 30), float(30, 5)], [], 400],
    [
      "BatchMatMulV2",
      [float(30, 20), float(5, 30)],
      [
        { name: "adj_x", type: 3, value: true },
        { name: "adj_y", type: 3, value: true },
      ],
      400,
    ],
    [
      "Conv2D",
      [float(1, 8, 8, 3), float(3, 3, 3, 16)],
      [{ name: "strides", type: 1, value: [1, 2, 2, 1] }],
      1024,
    ],
    ["GatherV2", [float(1000, 1000), ints(1), ints(0)], [], 0],
    ["Mean", [float(1000, 1000), ints(0)], [], 0],
  ] as const)("of %s are right", (op, inputs, attributes, bytes) => {
    expect(declaredBytesOf(op, attributes)?.(inputs) ?? 0).toBe(bytes);
  });
});
