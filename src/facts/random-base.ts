import type { WeightFacts } from "../contract/index.js";
import { isKernel } from "./layer-classes.js";

/** Smaller kernels scatter too much around their initializer's spread. */
const SMALLEST_KERNEL = 500;
const TOLERANCE = 0.04;
const SHARE = 0.8;

/**
 * Why a base looks as if it had never been trained, in a sentence, or null. BatchNormalization starts with mean 0
 * and variance 1; kernels start with the spread of their initializer, which training destroys.
 */
export function randomBase(base: readonly WeightFacts[]): string | null {
  const means = base.filter((weight) => weight.slot === "moving_mean");
  const variances = base.filter((weight) => weight.slot === "moving_variance");
  if (means.length > 0 && means.every(({ l2 }) => l2 === 0) && variances.every(isOnes)) {
    return `Every BatchNormalization layer of the base (${means.length}) still has mean 0 and variance 1, as at creation.`;
  }
  const kernels = base.filter(
    (weight) => isKernel(weight.slot) && weight.shape.length > 1 && size(weight) >= SMALLEST_KERNEL,
  );
  const fresh = kernels.filter(looksInitialised);
  if (kernels.length === 0 || fresh.length < SHARE * kernels.length) return null;
  return `${fresh.length} of ${kernels.length} kernels of the base have exactly the spread that random initialisation gives.`;
}

const isOnes = ({ mean, std }: WeightFacts): boolean => mean === 1 && std === 0;

const size = ({ shape }: WeightFacts): number => shape.reduce((product, length) => product * length, 1);

/** Glorot, He and LeCun initialisers, with the fans that Keras and TensorFlow.js compute from the shape. */
function looksInitialised(kernel: WeightFacts): boolean {
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const window = size(kernel) / (inputs * outputs);
  const fanIn = window * inputs;
  const fanOut = window * outputs;
  const variances = [2 / (fanIn + fanOut), 2 / fanIn, 2 / fanOut, 1 / fanIn];
  return variances.some((expected) => Math.abs(kernel.std / Math.sqrt(expected) - 1) < TOLERANCE);
}
