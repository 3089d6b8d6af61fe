import { cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { ChunkIndex } from "./chunk-index.js";
import { elementsOf } from "./dataspace.js";
import type { Filter } from "./filters.js";

/**
 * The values of a chunked data set in one piece; what no chunk covers is zero.
 * @param filters in the order to undo them
 * @throws FormatError for chunks that are damaged or stand outside
 */
export function assembleChunks(
  file: Uint8Array,
  { chunkShape, chunks }: ChunkIndex,
  filters: readonly Filter[],
  shape: readonly number[],
  elementSize: number,
): Uint8Array {
  const whole = new Uint8Array(elementsOf(shape) * elementSize);
  const chunkBytes = elementsOf(chunkShape) * elementSize;
  for (const { origin, address, bytes, skippedFilters } of chunks) {
    let values = cursorAt(file, address, bytes).bytes(bytes);
    for (const [undone, filter] of filters.entries()) {
      const index = filters.length - 1 - undone;
      if ((skippedFilters & (1 << index)) === 0) values = filter(values, chunkBytes);
    }
    if (values.byteLength < chunkBytes) throw new FormatError("a chunk holds fewer values than it should");
    copyChunk(values, chunkShape, origin, whole, shape, elementSize);
  }
  return whole;
}

/** Copies row by row; a chunk at the border reaches beyond the data set, and that part is dropped. */
function copyChunk(
  values: Uint8Array,
  chunkShape: readonly number[],
  origin: readonly number[],
  whole: Uint8Array,
  shape: readonly number[],
  elementSize: number,
): void {
  const rank = shape.length;
  if (origin.some((start, axis) => start >= (shape[axis] ?? 0))) return;
  const sizes = chunkShape.map((length, axis) => Math.min(length, (shape[axis] ?? 0) - (origin[axis] ?? 0)));
  const rowElements = sizes[rank - 1] ?? 1;
  const rows = elementsOf(sizes.slice(0, -1));
  const position = sizes.slice(0, -1).map(() => 0);
  for (let row = 0; row < rows; row++) {
    let from = 0;
    let to = 0;
    for (let axis = 0; axis < rank; axis++) {
      from = from * (chunkShape[axis] ?? 1) + (position[axis] ?? 0);
      to = to * (shape[axis] ?? 1) + (origin[axis] ?? 0) + (position[axis] ?? 0);
    }
    const start = from * elementSize;
    whole.set(values.subarray(start, start + rowElements * elementSize), to * elementSize);
    for (let axis = rank - 2; axis >= 0; axis--) {
      position[axis] = (position[axis] ?? 0) + 1;
      if ((position[axis] ?? 0) < (sizes[axis] ?? 1)) break;
      position[axis] = 0;
    }
  }
}
