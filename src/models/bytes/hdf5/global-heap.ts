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
  const head = cursorAt(file, address);
  head.signature("GCOL");
  head.skip(4);
  const collection = cursorAt(file, address, head.u64());
  collection.skip(16);
  while (collection.remaining() >= 16) {
    budget.structure();
    const index = collection.u16();
    collection.skip(6);
    const size = collection.u64();
    if (index === 0) break;
    if (index === wanted) {
      if (length > size) break;
      budget.attribute(length);
      return text.decode(collection.bytes(size).subarray(0, length));
    }
    collection.skip(size);
    collection.align8();
  }
  throw new FormatError("a text it refers to does not exist");
}
