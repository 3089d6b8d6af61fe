import { type Cursor, cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";
import { elementsOf } from "./dataspace.js";

/** One chunk in the file. */
export interface StoredChunk {
  /** Where its first element stands in the data set. */
  readonly origin: readonly number[];
  readonly address: number;
  readonly bytes: number;
  /** Bit i set: filter i was not applied. */
  readonly skippedFilters: number;
}

export interface ChunkIndex {
  readonly chunkShape: readonly number[];
  readonly chunks: readonly StoredChunk[];
}

const MAX_CHUNK_BYTES = 256 * 1024 * 1024;
const MAX_DEPTH = 16;
const SINGLE_CHUNK = 1;
const IMPLICIT = 2;

/**
 * The chunks of a data set from its layout message, whose version and class are already read.
 * @throws FormatError
 */
export function readChunkIndex(
  file: Uint8Array,
  layout: Cursor,
  version: 3 | 4,
  shape: readonly number[],
  elementSize: number,
  filtered: boolean,
  budget: Budget,
): ChunkIndex {
  if (version === 4) return newIndex(file, layout, shape, elementSize, filtered);
  const rank = layout.u8() - 1;
  const address = layout.address();
  const chunkShape = Array.from({ length: rank }, () => layout.u32());
  checkChunk(chunkShape, shape, layout.u32());
  if (address === null) return { chunkShape, chunks: [] };
  const chunks: StoredChunk[] = [];
  walkTree(file, address, rank, MAX_DEPTH, budget, chunks);
  return { chunkShape, chunks };
}

function checkChunk(chunkShape: readonly number[], shape: readonly number[], elementSize: number): void {
  if (chunkShape.length !== shape.length || chunkShape.some((length) => length === 0))
    throw new FormatError("the chunks of a data set do not fit its shape");
  if (elementsOf(chunkShape) * elementSize > MAX_CHUNK_BYTES)
    throw new FormatError(`a chunk of a data set is larger than ${MAX_CHUNK_BYTES} bytes`);
}

/** The B-tree of version 1 that old layouts use; every node is one structure of the budget. */
function walkTree(
  file: Uint8Array,
  address: number,
  rank: number,
  depth: number,
  budget: Budget,
  chunks: StoredChunk[],
): void {
  if (depth === 0) throw new FormatError("the index of a data set is too deep");
  budget.structure();
  const node = cursorAt(file, address);
  node.signature("TREE");
  if (node.u8() !== 1) throw new FormatError("the index of a data set belongs to something else");
  const level = node.u8();
  const entries = node.u16();
  node.skip(16);
  for (let entry = 0; entry < entries; entry++) {
    const bytes = node.u32();
    const skippedFilters = node.u32();
    const origin = Array.from({ length: rank }, () => node.u64());
    node.skip(8);
    const child = node.u64();
    if (level > 0) walkTree(file, child, rank, depth - 1, budget, chunks);
    else {
      budget.structure();
      budget.stored(bytes);
      chunks.push({ origin, address: child, bytes, skippedFilters });
    }
  }
}

/** Layouts of version 4 that need no index of their own. */
function newIndex(
  file: Uint8Array,
  layout: Cursor,
  shape: readonly number[],
  elementSize: number,
  filtered: boolean,
): ChunkIndex {
  const flags = layout.u8();
  const rank = layout.u8() - 1;
  const width = layout.u8();
  const chunkShape = Array.from({ length: rank }, () => layout.uint(width));
  checkChunk(chunkShape, shape, layout.uint(width));
  const kind = layout.u8();
  const whole = elementsOf(chunkShape) * elementSize;
  const origin = shape.map(() => 0);
  if (kind === SINGLE_CHUNK) {
    const filteredSize = filtered && flags & 2 ? { bytes: layout.u64(), skippedFilters: layout.u32() } : null;
    const address = layout.address();
    const { bytes, skippedFilters } = filteredSize ?? { bytes: whole, skippedFilters: 0 };
    return { chunkShape, chunks: address === null ? [] : [{ origin, address, bytes, skippedFilters }] };
  }
  if (kind !== IMPLICIT) throw new FormatError(`a data set uses chunk index ${kind}, which is not read`);
  const address = layout.address();
  const counts = shape.map((length, axis) => Math.ceil(length / (chunkShape[axis] ?? 1)));
  const total = elementsOf(counts);
  if (address !== null && address + total * whole > file.byteLength)
    throw new FormatError("a data set reaches beyond the end of the file");
  const chunks = Array.from({ length: address === null ? 0 : total }, (_, index): StoredChunk => {
    let rest = index;
    const at = counts.toReversed().map((count) => {
      const position = rest % count;
      rest = Math.floor(rest / count);
      return position;
    });
    const placed = at.toReversed().map((position, axis) => position * (chunkShape[axis] ?? 1));
    return { origin: placed, address: (address ?? 0) + index * whole, bytes: whole, skippedFilters: 0 };
  });
  return { chunkShape, chunks };
}
