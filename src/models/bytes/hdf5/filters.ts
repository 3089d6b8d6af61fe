import { inflateSync } from "node:zlib";
import type { Cursor } from "../cursor.js";
import { FormatError } from "../format-error.js";

/** Undoes one step of what was done to a chunk. `limit` is the size of the chunk as it was. */
export type Filter = (bytes: Uint8Array, limit: number) => Uint8Array;

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const CHECKSUM_BYTES = 4;
const MAX_FILTERS = 8;
const NAMED_FILTERS = 256;

/**
 * The steps that undo a filter pipeline, in the order to take them.
 * @throws FormatError for filters other than gzip, shuffle and checksums
 */
export function readFilters(cursor: Cursor, elementSize: number): Filter[] {
  const version = cursor.u8();
  const count = cursor.u8();
  if (version !== 1 && version !== 2)
    throw new FormatError(`filters are written in version ${version}, which is unknown`);
  if (count > MAX_FILTERS) throw new FormatError(`a data set has ${count} filters`);
  if (version === 1) cursor.skip(6);
  const filters = Array.from({ length: count }, (): Filter => {
    const id = cursor.u16();
    const nameBytes = version === 1 || id >= NAMED_FILTERS ? cursor.u16() : 0;
    cursor.u16();
    const values = cursor.u16();
    cursor.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
    cursor.skip(4 * values + (version === 1 && values % 2 === 1 ? 4 : 0));
    return filterOf(id, elementSize);
  });
  return filters.reverse();
}

function filterOf(id: number, elementSize: number): Filter {
  switch (id) {
    case DEFLATE:
      return inflate;
    case SHUFFLE:
      return (bytes) => unshuffle(bytes, elementSize);
    case FLETCHER32:
      return (bytes) => bytes.subarray(0, Math.max(0, bytes.byteLength - CHECKSUM_BYTES));
    default:
      throw new FormatError(`a data set is compressed by filter ${id}; only gzip and shuffle are read`);
  }
}

function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    // A checksum may follow the values, so the unpacked chunk may be a little larger than its values.
    return inflateSync(bytes, { maxOutputLength: limit + CHECKSUM_BYTES });
  } catch {
    throw new FormatError("a compressed chunk is damaged or unpacks to more than it may");
  }
}

/** Shuffle stores the first bytes of all elements, then the second bytes, and so on. */
function unshuffle(bytes: Uint8Array, elementSize: number): Uint8Array {
  const count = Math.floor(bytes.byteLength / elementSize);
  const ordered = new Uint8Array(bytes);
  for (let byte = 0; byte < elementSize; byte++)
    for (let i = 0; i < count; i++) ordered[i * elementSize + byte] = bytes[byte * count + i] ?? 0;
  return ordered;
}
