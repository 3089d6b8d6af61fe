import { createHash } from "node:crypto";
import type { WeightFacts } from "../../contract/index.js";

const SAMPLES = 64;

export type WeightStatistics = Pick<WeightFacts, "sha256" | "l2" | "mean" | "std" | "samples"> & {
  /** Values that are NaN or infinite; they are left out of the figures. */
  notFinite: number;
};

/** Hash of the float32 little-endian bytes, moments over all values, and 64 values spread over the tensor. */
export function weightStatistics(values: Float32Array): WeightStatistics {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  let sum = 0;
  let squares = 0;
  // Any NaN or infinity makes the sum of squares one too, so finite tensors are gone through only once.
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    sum += value;
    squares += value * value;
  }
  if (!Number.isFinite(squares)) return { ...finiteMoments(values), sha256, samples: samplesOf(values) };
  const count = Math.max(values.length, 1);
  const mean = sum / count;
  return {
    sha256,
    l2: Math.sqrt(squares),
    mean,
    std: deviation(values, mean),
    samples: samplesOf(values),
    notFinite: 0,
  };
}

/** In a second pass, because the difference of two large sums loses the spread of a tensor far from zero. */
function deviation(values: Float32Array, mean: number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = (values[i] as number) - mean;
    total += difference * difference;
  }
  return Math.sqrt(total / Math.max(values.length, 1));
}

function finiteMoments(values: Float32Array): Pick<WeightStatistics, "l2" | "mean" | "std" | "notFinite"> {
  const finite = values.filter((value) => Number.isFinite(value));
  const sum = finite.reduce((total, value) => total + value, 0);
  const squares = finite.reduce((total, value) => total + value * value, 0);
  const mean = sum / Math.max(finite.length, 1);
  const std = deviation(finite, mean);
  return { l2: Math.sqrt(squares), mean, std, notFinite: values.length - finite.length };
}

function samplesOf(values: Float32Array): number[] {
  const count = Math.min(SAMPLES, values.length);
  return Array.from({ length: count }, (_, i) =>
    shortest(values[Math.floor((i * values.length) / count)] ?? 0),
  );
}

/** The shortest decimal that is this float32; 0 for what JSON cannot hold. */
function shortest(value: number): number {
  if (!Number.isFinite(value)) return 0;
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}
