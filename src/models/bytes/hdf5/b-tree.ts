import { type Cursor, cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";

export interface Record {
  /** What the tree indexes. */
  readonly type: number;
  readonly record: Cursor;
}

const NODE_OVERHEAD = 10;
const MAX_DEPTH = 16;

/**
 * All records of a B-tree of version 2, in its order.
 * @throws FormatError
 */
export function readRecords(file: Uint8Array, address: number, budget: Budget): Record[] {
  const head = cursorAt(file, address);
  head.signature("BTHD");
  head.skip(1);
  const type = head.u8();
  const nodeSize = head.u32();
  const recordSize = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = head.address();
  const rootRecords = head.u16();
  if (root === null) return [];
  if (depth > MAX_DEPTH || recordSize === 0 || nodeSize <= NODE_OVERHEAD + recordSize)
    throw new FormatError("the index of a group has impossible sizes");
  const widths = childWidths(nodeSize, recordSize, depth);
  const records: Record[] = [];
  const visit = (at: number, count: number, level: number): void => {
    budget.structure();
    const node = cursorAt(file, at, nodeSize);
    node.signature(level === 0 ? "BTLF" : "BTIN");
    node.skip(2);
    const own = Array.from({ length: count }, () => {
      budget.structure();
      return cursorAt(node.bytes(recordSize), 0);
    });
    // The node keeps all its records first and then one child more than those; in order, they alternate.
    for (const record of own) {
      if (level > 0) visitChild(node, level);
      records.push({ type, record });
    }
    if (level > 0) visitChild(node, level);
  };
  const visitChild = (node: Cursor, level: number): void => {
    const child = node.u64();
    const count = node.uint(widths.own);
    node.skip(widths.below[level - 1] ?? 0);
    visit(child, count, level - 1);
  };
  visit(root, rootRecords, depth);
  return records;
}

/** How many bytes the numbers of records take in a pointer: of the child itself, and of all below it by its level. */
function childWidths(nodeSize: number, recordSize: number, depth: number): { own: number; below: number[] } {
  const bytesFor = (largest: number): number => Math.floor(Math.log2(Math.max(1, largest)) / 8) + 1;
  let total = Math.floor((nodeSize - NODE_OVERHEAD) / recordSize);
  const own = bytesFor(total);
  const below = [0];
  for (let level = 1; level < depth; level++) {
    const pointer = 8 + own + (below[level - 1] ?? 0);
    const most = Math.floor((nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer));
    total = (most + 1) * total + most;
    below.push(bytesFor(total));
  }
  return { own, below };
}
