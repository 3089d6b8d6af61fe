import { type Address, type Cursor, cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import { readRecords } from "./b-tree.js";
import type { Budget } from "./budget.js";

const LINKS_BY_NAME = 5;
const ATTRIBUTES_BY_NAME = 8;
const MANAGED = 0;

/** How a heap divides its space: rows of blocks, each row's blocks twice as large as those of the row before. */
interface Heap {
  readonly offsetWidth: number;
  readonly lengthWidth: number;
  readonly tableWidth: number;
  readonly startingSize: number;
  readonly maxDirectSize: number;
  readonly root: Address;
  /** 0 when the root is a direct block. */
  readonly rootRows: number;
}

/**
 * The objects of a fractal heap (links or attributes of a large group) in the order of their index.
 * @throws FormatError
 */
export function readHeapObjects(
  file: Uint8Array,
  heapAt: Address,
  indexAt: Address,
  budget: Budget,
): Uint8Array[] {
  if (heapAt === null || indexAt === null) return [];
  const heap = readHeap(cursorAt(file, heapAt));
  return readRecords(file, indexAt, budget).map(({ type, record }) => {
    if (type === LINKS_BY_NAME) record.skip(4);
    else if (type !== ATTRIBUTES_BY_NAME)
      throw new FormatError(`a group is indexed in way ${type}, which is unknown`);
    if ((record.u8() >> 4) % 4 !== MANAGED)
      throw new FormatError("an object of a group is kept in an unusual place");
    const offset = record.uint(heap.offsetWidth);
    const length = record.uint(heap.lengthWidth);
    budget.attribute(length);
    const place = locate(file, heap, offset, length, budget);
    return cursorAt(file, place, length).bytes(length);
  });
}

function readHeap(head: Cursor): Heap {
  head.signature("FRHP");
  head.skip(1);
  head.skip(2);
  if (head.u16() !== 0) throw new FormatError("the members of a group are compressed");
  head.skip(1);
  const maxManaged = head.u32();
  head.skip(12 * 8);
  const tableWidth = head.u16();
  const startingSize = head.u64();
  const maxDirectSize = head.u64();
  const offsetBits = head.u16();
  head.skip(2);
  const root = head.address();
  const rootRows = head.u16();
  if (tableWidth === 0 || startingSize === 0 || offsetBits > 64)
    throw new FormatError("the heap of a group has impossible sizes");
  const bytesFor = (largest: number): number =>
    Math.ceil(Math.max(1, Math.floor(Math.log2(largest)) + 1) / 8);
  const offsetWidth = Math.ceil(offsetBits / 8);
  const lengthWidth = Math.min(Math.ceil(Math.log2(maxDirectSize) / 8), bytesFor(maxManaged));
  return { offsetWidth, lengthWidth, tableWidth, startingSize, maxDirectSize, root, rootRows };
}

/** Where in the file the byte at `offset` of the heap's space stands. */
function locate(file: Uint8Array, heap: Heap, offset: number, length: number, budget: Budget): number {
  if (heap.root === null) throw new FormatError("an object of a group does not exist");
  if (heap.rootRows === 0) {
    if (offset + length > heap.startingSize * 2 ** 16)
      throw new FormatError("an object of a group does not exist");
    return heap.root + offset;
  }
  let block = heap.root;
  let within = offset;
  for (let depth = 0; depth < 16; depth++) {
    budget.structure();
    const { row, column, blockSize, rest } = blockOf(heap, within);
    const head = cursorAt(file, block);
    head.signature("FHIB");
    head.skip(1 + 8 + heap.offsetWidth);
    head.skip(8 * (row * heap.tableWidth + column));
    block = head.u64();
    within = rest;
    if (blockSize <= heap.maxDirectSize) return block + within;
  }
  throw new FormatError("the heap of a group is too deep");
}

/** The block that covers an offset: rows 0 and 1 have blocks of the starting size, each later row twice as large ones. */
function blockOf(
  heap: Heap,
  offset: number,
): { row: number; column: number; blockSize: number; rest: number } {
  let rowStart = 0;
  for (let row = 0; row < 64; row++) {
    const blockSize = heap.startingSize * 2 ** Math.max(0, row - 1);
    const rowSize = blockSize * heap.tableWidth;
    if (offset < rowStart + rowSize) {
      const column = Math.floor((offset - rowStart) / blockSize);
      return { row, column, blockSize, rest: offset - rowStart - column * blockSize };
    }
    rowStart += rowSize;
  }
  throw new FormatError("an object of a group does not exist");
}
