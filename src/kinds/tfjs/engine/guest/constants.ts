import type { KnownTensor } from "./output-rules.js";

/** A small tensor that stands for all of the same type, shape and values. */
export interface Constant extends KnownTensor {
  id: number;
  /** How often it is in use. */
  uses: number;
  /** Whether it is kept for the next who asks for the same. */
  kept: boolean;
}

/** Values that the addon takes for numbers. */
export type Numbers = Float32Array | Int32Array;

export interface Constants {
  /** The constant with these values, if there is one. */
  find(dtype: number, shape: readonly number[], values: Numbers): Constant | undefined;
  /** Keeps a tensor as a constant, in use once. */
  keep(id: number, dtype: number, shape: readonly number[], values: Numbers): Constant;
  /** Keeps none of them any longer. Those not in use are deleted at once, the others by who stops using them. */
  clear(): void;
}

/** Numbers of a constant; larger tensors are data. */
export const CONSTANT_LENGTH = 4;
const MAX_CONSTANTS = 500;

/**
 * Axes, shapes and factors are the same at every training step, so their tensors are made once.
 * @param remove deletes the tensor of a constant
 */
export function createConstants(remove: (id: number) => void): Constants {
  const byFirst = new Map<number, Constant[]>();
  let count = 0;

  const clear = (): void => {
    for (const constants of byFirst.values())
      for (const constant of constants) {
        constant.kept = false;
        if (constant.uses === 0) remove(constant.id);
      }
    byFirst.clear();
    count = 0;
  };
  return {
    clear,
    find(dtype, shape, values) {
      const candidates = byFirst.get(values[0] as number);
      if (candidates === undefined) return undefined;
      for (let i = 0; i < candidates.length; i++) {
        const constant = candidates[i] as Constant;
        if (constant.dtype === dtype && same(constant.values, values) && same(constant.shape, shape))
          return constant;
      }
      return undefined;
    },
    keep(id, dtype, shape, values) {
      if (count >= MAX_CONSTANTS) clear();
      const constant = {
        id,
        dtype,
        shape: Array.from(shape),
        values: Array.from(values),
        uses: 1,
        kept: true,
      };
      const others = byFirst.get(values[0] as number);
      if (others === undefined) byFirst.set(values[0] as number, [constant]);
      else others.push(constant);
      count += 1;
      return constant;
    },
  };
}

function same(a: ArrayLike<number> | undefined, b: ArrayLike<number>): boolean {
  if (a === undefined || a.length !== b.length) return false;
  // A map takes 0 and -0 for the same key, which as factors they are not.
  for (let i = 0; i < b.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
