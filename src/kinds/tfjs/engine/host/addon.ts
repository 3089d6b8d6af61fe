import { createRequire } from "node:module";

/** An attribute of a TensorFlow op as the addon takes it. */
export interface OpAttribute {
  name: string;
  type: number;
  value: boolean | number | string | readonly number[];
}

export interface NativeTensor {
  id: number;
  dtype: number;
  shape: number[];
}

export type NativeValues = Float32Array | Int32Array | Uint8Array | BigInt64Array | Uint8Array[];

/** The part of tfjs-node's native addon that the bridge uses. */
export interface Addon {
  createTensor(shape: readonly number[], dtype: number, values: NativeValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): NativeValues;
  executeOp(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[];
  readonly [constant: `TF_${string}`]: number | string;
}

/** TensorFlow's own numbers for the data types that cross the bridge. */
export const DTYPE = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

/** Bytes of one element; a string counts as the 24 bytes of its header. */
export const BYTES_PER_ELEMENT: ReadonlyMap<number, number> = new Map([
  [DTYPE.float32, 4],
  [DTYPE.int32, 4],
  [DTYPE.uint8, 1],
  [DTYPE.string, 24],
  [DTYPE.complex64, 8],
  [DTYPE.int64, 8],
  [DTYPE.bool, 1],
  [DTYPE.resource, 24],
]);

/**
 * Loads tfjs-node's addon from a file. One thread an operation, because small operations pay more for the
 * hand-over than they gain, and because several submissions run side by side.
 */
export function loadAddon(file: string): Addon {
  const settings = { TF_CPP_MIN_LOG_LEVEL: "3", TF_NUM_INTRAOP_THREADS: "1", OMP_NUM_THREADS: "1" };
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
  return createRequire(import.meta.url)(file) as Addon;
}
