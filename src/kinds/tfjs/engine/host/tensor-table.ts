import { unpackStrings } from "../packed-strings.js";
import { type Addon, BYTES_PER_ELEMENT, DTYPE, type NativeValues } from "./addon.js";

export interface TableEntry {
  native: number;
  dtype: number;
  shape: readonly number[];
  bytes: number;
  /** Values of a small tensor, which may state the size of an output. */
  values: ArrayLike<number> | undefined;
}

/** All tensors of one run by the id the isolate gave them. */
export interface TensorTable {
  get(id: number): TableEntry;
  create(id: number, dtype: number, shape: readonly number[], bytes: ArrayBuffer): void;
  adopt(id: number, native: number, dtype: number, shape: readonly number[]): TableEntry;
  delete(id: number): void;
  /** Refuses what would not fit into the budget. */
  reserve(bytes: number): void;
  /** The most bytes that were held at once. */
  peakBytes(): number;
}

/** The error a program sees when it holds too many bytes of tensors. */
class TensorBudgetError extends Error {
  override name = "TensorBudgetError";
}

/** @param bytes that the program's tensors would take */
export function budgetError(bytes: number, budgetBytes: number): Error {
  return new TensorBudgetError(
    `The tensors of this program would take ${megabytes(bytes)} MB; ${megabytes(budgetBytes)} MB are allowed. ` +
      "Dispose of tensors you no longer need (tf.tidy, tensor.dispose) or use smaller batches.",
  );
}

const SMALL = 64;

/** @param budgetBytes of native tensors alive at once */
export function createTensorTable(addon: Addon, budgetBytes: number): TensorTable {
  const entries = new Map<number, TableEntry>();
  let held = 0;
  let peak = 0;
  const put = (id: number, entry: TableEntry): void => {
    entries.set(id, entry);
    held += entry.bytes;
    if (held > peak) peak = held;
  };
  const reserve = (bytes: number): void => {
    if (held + bytes > budgetBytes) throw budgetError(held + bytes, budgetBytes);
  };
  return {
    get(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw new Error("A tensor that does not exist (any more) was used.");
      return entry;
    },
    create(id, dtype, shape, buffer) {
      if (entries.has(id)) throw new Error("A tensor id was used twice.");
      const values = typedValues(dtype, sizeOf(shape), buffer);
      const bytes = Array.isArray(values) ? buffer.byteLength + 24 * values.length : buffer.byteLength;
      reserve(bytes);
      const native = addon.createTensor(shape, dtype, values);
      const stated = values instanceof Int32Array || values instanceof Float32Array;
      put(id, { native, dtype, shape, bytes, values: stated && values.length <= SMALL ? values : undefined });
    },
    adopt(id, native, dtype, shape) {
      const entry = { native, dtype, shape, bytes: bytesOf(dtype, shape), values: undefined };
      put(id, entry);
      return entry;
    },
    delete(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entries.delete(id);
      held -= entry.bytes;
      addon.deleteTensor(entry.native);
    },
    reserve,
    // Not as a getter: V8 looks up every method of an object that has one by its name.
    peakBytes: () => peak,
  };
}

/** Bytes of a dense tensor that TensorFlow made. */
function bytesOf(dtype: number, shape: readonly number[]): number {
  let size = dtype === DTYPE.float32 ? 4 : (BYTES_PER_ELEMENT.get(dtype) ?? 8);
  for (let i = 0; i < shape.length; i++) size *= shape[i] as number;
  return size;
}

/** Number of elements. @throws for a shape that no tensor can have */
function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const dimension of shape) {
    if (!Number.isInteger(dimension) || dimension < 0) throw new Error(`${shape.join("x")} is not a shape.`);
    size *= dimension;
  }
  return size;
}

function typedValues(dtype: number, size: number, buffer: ArrayBuffer): NativeValues {
  if (dtype === DTYPE.string) return sized(unpackStrings(buffer), size);
  if (dtype === DTYPE.float32) return sized(new Float32Array(buffer), size);
  if (dtype === DTYPE.int32) return sized(new Int32Array(buffer), size);
  if (dtype === DTYPE.int64) return sized(new Int32Array(buffer), size * 2);
  if (dtype === DTYPE.bool || dtype === DTYPE.uint8) return sized(new Uint8Array(buffer), size);
  throw new Error(`A tensor of TensorFlow type ${dtype} cannot be made from values.`);
}

/** The addon would read past the end of values that are too short. */
function sized<T extends { length: number }>(values: T, size: number): T {
  if (values.length !== size) throw new Error(`${values.length} values were given for ${size} elements.`);
  return values;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
