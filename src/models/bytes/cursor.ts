import { FormatError } from "./format-error.js";

/** A place in an HDF5 file; null for what HDF5 writes for "nowhere". */
export type Address = number | null;

/** Reads little-endian values one after the other and never leaves its bytes. */
export interface Cursor {
  readonly position: () => number;
  readonly remaining: () => number;
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  /** A length or an offset of 8 bytes. */
  readonly u64: () => number;
  /** A file address of 8 bytes, as HDF5 writes it. */
  readonly address: () => Address;
  /** An unsigned number of `width` bytes. */
  readonly uint: (width: number) => number;
  readonly bytes: (count: number) => Uint8Array;
  readonly skip: (count: number) => void;
  /** Skips to the next multiple of 8 bytes from the cursor's start. */
  readonly align8: () => void;
  /** Takes the four letters that mark a structure. */
  readonly signature: (letters: string) => void;
}

/**
 * A cursor over `length` bytes of a file from `start`; to its end when no length is given.
 * @throws FormatError when that is not inside the file
 */
export function cursorAt(file: Uint8Array, start: number, length = file.byteLength - start): Cursor {
  const end = start + length;
  if (start < 0 || length < 0 || end > file.byteLength)
    throw new FormatError("it points outside of itself; it may be cut off");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = start;
  const take = (count: number): number => {
    if (count < 0 || at + count > end)
      throw new FormatError("a part of it is longer than its place; it may be cut off");
    const from = at;
    at += count;
    return from;
  };
  const uint = (width: number): number => {
    const from = take(width);
    let value = 0;
    for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + view.getUint8(from + byte);
    if (!Number.isSafeInteger(value)) throw new FormatError("it holds a size that cannot be");
    return value;
  };
  return {
    position: () => at,
    remaining: () => end - at,
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2), true),
    u32: () => view.getUint32(take(4), true),
    u64: () => uint(8),
    address: () => {
      const from = take(8);
      if (view.getBigUint64(from, true) === 0xffff_ffff_ffff_ffffn) return null;
      at = from;
      return uint(8);
    },
    uint,
    bytes: (count) => {
      const from = take(count);
      return file.subarray(from, from + count);
    },
    skip: (count) => void take(count),
    align8: () => void take((8 - ((at - start) % 8)) % 8),
    signature: (letters) => {
      const from = take(letters.length);
      const found = String.fromCharCode(...file.subarray(from, from + letters.length));
      if (found !== letters)
        throw new FormatError(`a structure ${letters} is missing where one is announced`);
    },
  };
}
