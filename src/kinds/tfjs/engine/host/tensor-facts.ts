import { createHash } from "node:crypto";
import { type Addon, DTYPE, type NativeValues } from "./addon.js";
import type { TableEntry, TensorTable } from "./tensor-table.js";

/** What the host itself reads from tensors' bytes. */
export interface TensorFacts {
  /** sha256 of the bytes, little-endian, in hex. Tensors never change, so each is read once. */
  digest(id: number): string;
  /** Minimum, maximum and mean per channel (last dimension up to 4) or of all values, as JSON. */
  statistics(id: number): string;
  bytes(id: number): Uint8Array;
}

export function createTensorFacts(addon: Addon, table: TensorTable): TensorFacts {
  const digests = new WeakMap<TableEntry, string>();
  const bytes = (id: number): Uint8Array => {
    const entry = table.get(id);
    if (entry.dtype === DTYPE.string || entry.dtype === DTYPE.resource)
      throw new Error("A tensor of strings cannot be written.");
    const values = addon.tensorDataSync(entry.native) as Uint8Array;
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  };
  return {
    bytes,
    digest(id) {
      const entry = table.get(id);
      const known = digests.get(entry);
      if (known !== undefined) return known;
      const digest = createHash("sha256").update(bytes(id)).digest("hex");
      digests.set(entry, digest);
      return digest;
    },
    statistics(id) {
      const { native, shape } = table.get(id);
      const last = shape.at(-1) ?? 1;
      const channels = shape.length === 4 && last <= 4 ? last : 1;
      return JSON.stringify({ channels: perChannel(addon.tensorDataSync(native), channels) });
    },
  };
}

function perChannel(values: NativeValues, channels: number): { min: number; max: number; mean: number }[] {
  const numbers = values as Float32Array;
  return Array.from({ length: channels }, (_, channel) => {
    let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
    for (let i = channel; i < numbers.length; i += channels) {
      const value = numbers[i] as number;
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      count += 1;
    }
    return count === 0 ? { min: 0, max: 0, mean: 0 } : { min, max, mean: sum / count };
  });
}
