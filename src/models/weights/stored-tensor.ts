/** A tensor as a file holds it; its values are decoded only when asked for. */
export interface StoredTensor {
  /** Its name in the file. */
  readonly name: string;
  readonly shape: readonly number[];
  /** As stored: float32, float16, int32, uint8, ... */
  readonly dtype: string;
  /** Stored with fewer bits than float32 has. */
  readonly quantised: boolean;
  /** All values in row-major order as float32. */
  values(): Float32Array;
}

/** Number of values; 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
