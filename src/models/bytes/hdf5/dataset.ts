import type { Cursor } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";
import { readChunkIndex } from "./chunk-index.js";
import { assembleChunks } from "./chunks.js";
import { elementsOf, readDataspace } from "./dataspace.js";
import { readDatatype } from "./datatype.js";
import { readFilters } from "./filters.js";
import { MESSAGE, type Message } from "./messages.js";

export interface Dataset {
  readonly shape: readonly number[];
  /** As NumPy calls it; null for values that no weight has. */
  readonly dtype: string | null;
  /** The values as stored, little-endian and row-major; a view of the file where they lie in one piece. */
  readonly read: () => Uint8Array;
}

const COMPACT = 0;
const CONTIGUOUS = 1;
const CHUNKED = 2;
const VIRTUAL = 3;

/**
 * The data set that the messages of an object header describe; null when they describe a group. What it claims is
 * held against the file and the budget here, before anybody reads it.
 * @throws FormatError
 */
export function readDataset(file: Uint8Array, messages: readonly Message[], budget: Budget): Dataset | null {
  const body = (type: number): Cursor | null =>
    messages.find((message) => message.type === type)?.body ?? null;
  const layout = body(MESSAGE.layout);
  const space = body(MESSAGE.dataspace);
  const type = body(MESSAGE.datatype);
  if (!layout || !space || !type) return null;
  const shape = readDataspace(space) ?? [0];
  const datatype = readDatatype(type);
  const dtype = datatype.kind === "number" ? datatype.dtype : null;
  const size = elementsOf(shape) * datatype.size;
  if (!Number.isSafeInteger(size)) throw new FormatError("a data set claims more bytes than can be counted");
  const filters = body(MESSAGE.filters);
  const version = layout.u8();
  if (version === 3 || version === 4) {
    const layoutClass = layout.u8();
    switch (layoutClass) {
      case COMPACT:
        return { shape, dtype, read: stored(layout.bytes(layout.u16()), size, budget) };
      case CONTIGUOUS: {
        const address = layout.address();
        if (address === null) return { shape, dtype, read: unwritten(size, budget) };
        return { shape, dtype, read: stored(inFile(file, address, size), size, budget) };
      }
      case CHUNKED: {
        const chunks = readChunkIndex(file, layout, version, shape, datatype.size, filters !== null, budget);
        budget.made(size);
        const pipeline = filters ? readFilters(filters, datatype.size) : [];
        return { shape, dtype, read: () => assembleChunks(file, chunks, pipeline, shape, datatype.size) };
      }
      case VIRTUAL:
        throw new FormatError("a data set is put together from other files");
      default:
        throw new FormatError(`a data set is laid out in way ${layoutClass}, which is unknown`);
    }
  }
  if (version !== 1 && version !== 2)
    throw new FormatError(`a layout is written in version ${version}, which is unknown`);
  return { shape, dtype, read: oldLayout(file, layout, size, budget) };
}

/** Versions before HDF5 1.6: the sizes stand in the layout again. */
function oldLayout(file: Uint8Array, layout: Cursor, size: number, budget: Budget): () => Uint8Array {
  const rank = layout.u8();
  const layoutClass = layout.u8();
  layout.skip(5);
  if (layoutClass === CHUNKED) throw new FormatError("a data set is in chunks of a format that is too old");
  const address = layoutClass === CONTIGUOUS ? layout.address() : null;
  layout.skip(4 * rank);
  if (layoutClass === COMPACT) return stored(layout.bytes(layout.u32()), size, budget);
  return address === null ? unwritten(size, budget) : stored(inFile(file, address, size), size, budget);
}

function inFile(file: Uint8Array, address: number, size: number): Uint8Array {
  if (address + size > file.byteLength)
    throw new FormatError("a data set reaches beyond the end of the file");
  return file.subarray(address, address + size);
}

function stored(bytes: Uint8Array, size: number, budget: Budget): () => Uint8Array {
  if (bytes.byteLength < size) throw new FormatError("a data set claims more values than it holds");
  budget.stored(size);
  return () => bytes.subarray(0, size);
}

/** A data set that nothing was ever written to reads as zeros. */
function unwritten(size: number, budget: Budget): () => Uint8Array {
  budget.made(size);
  return () => new Uint8Array(size);
}
