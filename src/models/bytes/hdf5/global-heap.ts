import { cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";

const text = new TextDecoder();

/** Bytes of a fixed-length string, without its padding. */
export function plainText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return text.decode(end === -1 ? bytes : bytes.subarray(0, end)).trimEnd();
}

/**
 * Follows one reference into a global heap, where strings of any length are kept.
 * @param reference 16 bytes: length, address of the collection, number of the object
 * @throws FormatError
 */
export function readLongString(file: Uint8Array, reference: Uint8Array, budget: Budget): string {
  const cursor = cursorAt(reference, 0);
  const length = cursor.u32();
  const address = cursor.address();
  const wanted = cursor.u32();
  if (length === 0 || address === null) return "";
  const found = (budget.heaps.get(address) ?? readHeap(file, address, budget)).get(wanted);
  if (!found || length > found.byteLength) throw new FormatError("a text it refers to does not exist");
  budget.attribute(length);
  return text.decode(found.subarray(0, length));
}

/** The objects of a collection by their numbers; the first of two that have the same. */
function readHeap(file: Uint8Array, address: number, budget: Budget): ReadonlyMap<number, Uint8Array> {
  const head = cursorAt(file, address);
  head.signature("GCOL");
  head.skip(4);
  const collection = cursorAt(file, address, head.u64());
  collection.skip(16);
  const objects = new Map<number, Uint8Array>();
  while (collection.remaining() >= 16) {
    budget.structure();
    const index = collection.u16();
    collection.skip(6);
    const size = collection.u64();
    if (index === 0) break;
    const bytes = collection.bytes(size);
    if (!objects.has(index)) objects.set(index, bytes);
    collection.align8();
  }
  budget.heaps.set(address, objects);
  return objects;
}
