import { type Address, type Cursor, cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";
import { readHeapObjects } from "./fractal-heap.js";
import { plainText } from "./global-heap.js";
import { MESSAGE, type Message } from "./messages.js";

/** A member of a group: the address of its object header. */
export interface Link {
  readonly name: string;
  readonly address: number;
}

const MAX_DEPTH = 32;
const HARD = 0;
const SOFT = 1;
const SYMBOLIC = 2;
const NAME_WIDTHS = [1, 2, 4, 8];

/**
 * The members of a group, by name, of both generations of groups; null when the messages describe no group.
 * @throws FormatError for links that lead out of the file or by a detour
 */
export function readLinks(file: Uint8Array, messages: readonly Message[], budget: Budget): Link[] | null {
  const table = messages.find(({ type }) => type === MESSAGE.symbolTable);
  if (table) {
    const tree = table.body.u64();
    return symbolTable(file, tree, table.body.u64(), budget);
  }
  const info = messages.find(({ type }) => type === MESSAGE.linkInfo);
  const compact = messages.filter(({ type }) => type === MESSAGE.link).map(({ body }) => readLink(body));
  if (!info) return compact.length > 0 ? compact : null;
  info.body.skip(1);
  const flags = info.body.u8();
  if (flags & 1) info.body.skip(8);
  const heap = info.body.address();
  const index = info.body.address();
  const dense = readHeapObjects(file, heap, index, budget).map((bytes) => readLink(cursorAt(bytes, 0)));
  return [...compact, ...dense];
}

function readLink(cursor: Cursor): Link {
  if (cursor.u8() !== 1) throw new FormatError("a link is of an unknown version");
  const flags = cursor.u8();
  const kind = flags & 8 ? cursor.u8() : HARD;
  if (flags & 4) cursor.skip(8);
  if (flags & 16) cursor.skip(1);
  const name = plainText(cursor.bytes(cursor.uint(NAME_WIDTHS[flags & 3] ?? 1)));
  if (kind === HARD) return { name, address: cursor.u64() };
  throw new FormatError(`\`${name}\` is ${kind === SOFT ? "a soft link" : "a link to another file"}`);
}

function symbolTable(file: Uint8Array, tree: number, heap: number, budget: Budget): Link[] {
  const head = cursorAt(file, heap);
  head.signature("HEAP");
  head.skip(4);
  const size = head.u64();
  head.skip(8);
  const names = cursorAt(file, head.u64(), size).bytes(size);
  const links: Link[] = [];
  walk(file, tree, MAX_DEPTH, budget, (node) => {
    node.skip(2);
    const count = node.u16();
    for (let entry = 0; entry < count; entry++) {
      budget.structure();
      const nameAt = node.u64();
      const address: Address = node.address();
      const kind = node.u32();
      node.skip(20);
      const name = plainText(cursorAt(names, nameAt).bytes(names.byteLength - nameAt));
      if (kind === SYMBOLIC || address === null) throw new FormatError(`\`${name}\` is a soft link`);
      links.push({ name, address });
    }
  });
  return links;
}

function walk(
  file: Uint8Array,
  address: number,
  depth: number,
  budget: Budget,
  visit: (node: Cursor) => void,
): void {
  if (depth === 0) throw new FormatError("the index of a group is too deep");
  budget.structure();
  const node = cursorAt(file, address);
  node.signature("TREE");
  if (node.u8() !== 0) throw new FormatError("the index of a group belongs to something else");
  const level = node.u8();
  const entries = node.u16();
  node.skip(16);
  for (let entry = 0; entry < entries; entry++) {
    node.skip(8);
    const child = node.u64();
    if (level > 0) walk(file, child, depth - 1, budget, visit);
    else {
      const leaf = cursorAt(file, child);
      leaf.signature("SNOD");
      visit(leaf);
    }
  }
}
