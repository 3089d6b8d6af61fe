import type { Cursor } from "../cursor.js";
import { FormatError } from "../format-error.js";

const MAX_RANK = 16;
const NULL_SPACE = 2;

/**
 * A shape; null for the space that holds nothing.
 * @throws FormatError for more dimensions or elements than can be
 */
export function readDataspace(cursor: Cursor): number[] | null {
  const version = cursor.u8();
  const rank = cursor.u8();
  if (version !== 1 && version !== 2)
    throw new FormatError(`a shape is written in version ${version}, which is unknown`);
  if (rank > MAX_RANK) throw new FormatError(`a data set has ${rank} dimensions`);
  cursor.u8();
  if (version === 1) cursor.skip(5);
  else if (cursor.u8() === NULL_SPACE) return null;
  const shape = Array.from({ length: rank }, () => cursor.u64());
  elementsOf(shape);
  return shape;
}

/** @throws FormatError when there are more than can be counted */
export function elementsOf(shape: readonly number[]): number {
  const elements = shape.reduce((total, length) => total * length, 1);
  if (!Number.isSafeInteger(elements))
    throw new FormatError("a data set claims more values than can be counted");
  return elements;
}
