import type { Cursor } from "../cursor.js";
import { FormatError } from "../format-error.js";

/** How one element is stored. `dtype` as NumPy calls it; null for kinds that no weight has. */
export type Datatype =
  | { readonly kind: "number"; readonly dtype: string | null; readonly size: number }
  | { readonly kind: "string"; readonly size: number }
  | { readonly kind: "long-string"; readonly size: number }
  | { readonly kind: "other"; readonly size: number };

const BIG_ENDIAN = 1;
const SIGNED = 8;
const CLASSES = { integer: 0, float: 1, string: 3, enumeration: 8, variable: 9 } as const;

/** @throws FormatError for an element size that cannot be */
export function readDatatype(cursor: Cursor): Datatype {
  const classAndVersion = cursor.u8();
  const bits = cursor.u8();
  cursor.skip(2);
  const size = cursor.u32();
  if (size === 0 || size > 0x0100_0000) throw new FormatError(`it has values of ${size} bytes each`);
  switch (classAndVersion & 0x0f) {
    case CLASSES.integer:
      return { kind: "number", dtype: integerName(size, bits), size };
    case CLASSES.float:
      return { kind: "number", dtype: floatName(cursor, size, bits), size };
    case CLASSES.string:
      return { kind: "string", size };
    case CLASSES.enumeration: {
      // NumPy's booleans are an enumeration of bytes.
      const base = readDatatype(cursor);
      return base.kind === "number" ? base : { kind: "other", size };
    }
    case CLASSES.variable:
      return (bits & 0x0f) === 1 ? { kind: "long-string", size } : { kind: "other", size };
    default:
      return { kind: "other", size };
  }
}

function integerName(size: number, bits: number): string | null {
  if (bits & BIG_ENDIAN && size > 1) return null;
  return [1, 2, 4, 8].includes(size) ? `${bits & SIGNED ? "int" : "uint"}${size * 8}` : null;
}

function floatName(cursor: Cursor, size: number, bits: number): string | null {
  // Bit offset, precision, exponent location and size, mantissa location and size.
  cursor.skip(4);
  cursor.skip(1);
  const exponentBits = cursor.u8();
  if (bits & BIG_ENDIAN) return null;
  if (size === 2) return exponentBits === 5 ? "float16" : exponentBits === 8 ? "bfloat16" : null;
  return size === 4 || size === 8 ? `float${size * 8}` : null;
}
