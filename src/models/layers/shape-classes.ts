import type { Shape } from "../../contract/index.js";
import { type JsonObject, listAt, numberAt, numbersAt, valueAt } from "../json-access.js";
import { classesOf, type LayerClass, type LayerClasses, noSlots } from "./layer-class.js";

/** The product of sizes; null when one is unknown. */
function product(sizes: Shape): number | null {
  let total = 1;
  for (const size of sizes) {
    if (size === null) return null;
    total *= size;
  }
  return total;
}

const flattened: LayerClass["shape"] = ([input]) => input && [input[0] ?? null, product(input.slice(1))];

const reshaped: LayerClass["shape"] = ([input], config) => {
  const target = listAt(config, "target_shape");
  if (!input || !target.every((size) => typeof size === "number")) return null;
  const fixed = target as number[];
  const total = product(input.slice(1));
  const rest = product(fixed.filter((size) => size !== -1));
  const open = total === null || !rest ? null : Math.floor(total / rest);
  return [input[0] ?? null, ...fixed.map((size) => (size === -1 ? open : size))];
};

const permuted: LayerClass["shape"] = ([input], config) => {
  const order = listAt(config, "dims");
  return input && [input[0] ?? null, ...order.map((axis) => input[Number(axis)] ?? null)];
};

const repeated: LayerClass["shape"] = ([input], config) =>
  input && [input[0] ?? null, numberAt(config, "n"), ...input.slice(1)];

/** Adds `[before, after]` rows and columns; negative for cropping. */
const bordered =
  (key: string, sign: 1 | -1): LayerClass["shape"] =>
  ([input], config) => {
    const border = borders(config, key, (input?.length ?? 0) - 2);
    if (!input || !border) return null;
    const spatial = input.slice(1, -1).map((size, axis) => {
      const [before, after] = border[axis] ?? [0, 0];
      return size === null ? null : size + sign * (before + after);
    });
    return [input[0] ?? null, ...spatial, input.at(-1) ?? null];
  };

/** Padding or cropping as pairs: one number, one an axis, or a pair an axis. */
export function borders(config: JsonObject, key: string, rank: number): [number, number][] | null {
  const same = numbersAt(config, key, rank);
  if (rank !== 1 && same) return same.map((size) => [size, size]);
  if (rank === 1) {
    const pair = numbersAt(config, key, 2);
    return pair && [[pair[0] ?? 0, pair[1] ?? 0]];
  }
  const pairs = listAt(config, key).map((_, axis) =>
    numbersAt({ pair: listAt(config, key)[axis] ?? null }, "pair", 2),
  );
  if (pairs.length !== rank) return null;
  return pairs.every((pair) => pair !== null) ? pairs.map((pair) => [pair[0] ?? 0, pair[1] ?? 0]) : null;
}

const upsampled: LayerClass["shape"] = ([input], config) => {
  const factors = numbersAt(config, "size", (input?.length ?? 0) - 2);
  if (!input || !factors) return null;
  const spatial = input.slice(1, -1).map((size, axis) => size && size * (factors[axis] ?? 1));
  return [input[0] ?? null, ...spatial, input.at(-1) ?? null];
};

const resized: LayerClass["shape"] = ([input], config) =>
  input && [input[0] ?? null, numberAt(config, "height"), numberAt(config, "width"), input.at(-1) ?? null];

const concatenated: LayerClass["shape"] = (inputs, config) => {
  const [first] = inputs;
  if (!first) return null;
  const given = numberAt(config, "axis") ?? -1;
  const axis = given < 0 ? given + first.length : given;
  const sizes = inputs.map((input) => input[axis] ?? null);
  return first.map((size, at) => {
    if (at !== axis) return size;
    return sizes.includes(null) ? null : sizes.reduce<number>((total, part) => total + (part ?? 0), 0);
  });
};

/** The largest of each size, as broadcasting makes it. */
export function mergedShape(inputs: readonly Shape[]): Shape | null {
  const [first, ...others] = inputs.toSorted((a, b) => b.length - a.length);
  if (!first) return null;
  return first.map((size, axis) =>
    others.reduce<number | null>((widest, other) => {
      const aligned = other[axis - (first.length - other.length)];
      if (aligned === undefined || widest === null) return widest;
      return aligned === null ? null : Math.max(widest, aligned);
    }, size),
  );
}

const dotted: LayerClass["shape"] = ([left, right], config) => {
  const axes = numbersAt(config, "axes", 2);
  if (!left || !right || !axes || valueAt(config, "axes") === null) return null;
  const keep = (shape: Shape, axis: number | undefined) =>
    shape.filter((_, at) => at !== 0 && at !== ((axis ?? 0) + shape.length) % shape.length);
  const kept = [...keep(left, axes[0]), ...keep(right, axes[1])];
  return [left[0] ?? null, ...(kept.length > 0 ? kept : [1])];
};

const dimensions = (name: string): string[] => ["1D", "2D", "3D"].map((suffix) => name + suffix);

/** Layers that arrange or merge values. */
export const SHAPE_CLASSES: LayerClasses = {
  Flatten: { slots: noSlots, shape: flattened },
  Reshape: { slots: noSlots, shape: reshaped },
  Permute: { slots: noSlots, shape: permuted },
  RepeatVector: { slots: noSlots, shape: repeated },
  ...classesOf(dimensions("ZeroPadding"), noSlots, bordered("padding", 1)),
  ...classesOf(dimensions("Cropping"), noSlots, bordered("cropping", -1)),
  ...classesOf(dimensions("UpSampling"), noSlots, upsampled),
  ...classesOf(["Resizing", "CenterCrop", "RandomCrop"], noSlots, resized),
  Concatenate: { slots: noSlots, shape: concatenated },
  ...classesOf(["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"], noSlots, mergedShape),
  // Keras's own InceptionResNetV2 brings this layer with it.
  CustomScaleLayer: { slots: noSlots, shape: mergedShape },
  Dot: { slots: noSlots, shape: dotted },
};
