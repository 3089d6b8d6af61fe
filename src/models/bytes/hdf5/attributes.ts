import { decodeValues } from "../../weights/decode-values.js";
import { type Cursor, cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";
import { elementsOf, readDataspace } from "./dataspace.js";
import { type Datatype, readDatatype } from "./datatype.js";
import { plainText, readLongString } from "./global-heap.js";

/** Values of an attribute in row-major order; null for kinds that Keras does not write. */
export type AttributeValues = readonly string[] | readonly number[] | null;

export interface Attribute {
  readonly name: string;
  readonly values: AttributeValues;
}

/** @throws FormatError */
export function readAttribute(file: Uint8Array, body: Cursor, budget: Budget): Attribute {
  const version = body.u8();
  if (version < 1 || version > 3)
    throw new FormatError(`an attribute is written in version ${version}, which is unknown`);
  const flags = body.u8();
  if (version > 1 && flags & 3) throw new FormatError("an attribute shares its description");
  const [nameBytes, typeBytes, spaceBytes] = [body.u16(), body.u16(), body.u16()];
  if (version === 3) body.skip(1);
  const part = (length: number): Uint8Array => {
    const bytes = body.bytes(length);
    if (version === 1) body.skip((8 - (length % 8)) % 8);
    return bytes;
  };
  const name = plainText(part(nameBytes));
  const datatype = readDatatype(cursorAt(part(typeBytes), 0));
  const shape = readDataspace(cursorAt(part(spaceBytes), 0));
  const count = shape === null ? 0 : elementsOf(shape);
  const length = count * datatype.size;
  budget.attribute(length);
  return { name, values: readValues(file, body.bytes(length), datatype, count, budget) };
}

function readValues(
  file: Uint8Array,
  bytes: Uint8Array,
  datatype: Datatype,
  count: number,
  budget: Budget,
): AttributeValues {
  const elements = (): Uint8Array[] =>
    Array.from({ length: count }, (_, i) => bytes.subarray(i * datatype.size, (i + 1) * datatype.size));
  switch (datatype.kind) {
    case "string":
      return elements().map(plainText);
    case "long-string":
      return elements().map((reference) => readLongString(file, reference, budget));
    case "number":
      return datatype.dtype === null ? null : [...decodeValues(bytes, datatype.dtype)];
    default:
      return null;
  }
}
