/** An array of a `.npy` file: numbers or text, little-endian, row by row. */
export interface NpyArray {
  /** As numpy writes it, such as `|u1` or `<i8`. */
  dtype: string;
  shape: number[];
  /** The values only, `itemBytes` each. */
  data: Buffer;
  itemBytes: number;
}

const MAGIC = "\x93NUMPY";
const HEADER =
  /^\{'descr': (?:'([^']*)'|.*), 'fortran_order': (True|False), 'shape': \(([0-9]*(?:, ?[0-9]+)*),?\), \}\s*$/;
const PLAIN_DTYPE = /^[|<]([biufU])([0-9]{1,5})$/;

/**
 * Parses a `.npy` file. Arrays of objects are refused, since reading them means running a pickle.
 * @throws Error in words for the teacher: what the array is and what it should be
 */
export function parseNpy(bytes: Buffer): NpyArray {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 6) !== MAGIC)
    throw new Error("it is not a numpy array");
  const wide = (bytes[6] ?? 1) >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = HEADER.exec(bytes.toString("latin1", start, Math.min(end, start + 4096)));
  if (!header || end > bytes.length)
    throw new Error("its header is not one that numpy writes for a plain array");
  const [, dtype = "a structure", order, dimensions = ""] = header;
  const plain = PLAIN_DTYPE.exec(dtype);
  if (dtype.includes("O")) throw new Error("it holds Python objects; save plain numbers instead");
  if (!plain) throw new Error(`it holds values of type ${dtype}; save little-endian numbers instead`);
  const shape = dimensions
    .split(",")
    .filter((text) => text.trim() !== "")
    .map(Number);
  if (order === "True" && shape.length > 1)
    throw new Error("it is stored column by column; save `np.ascontiguousarray(array)` instead");
  const itemBytes = Number(plain[2]) * (plain[1] === "U" ? 4 : 1);
  const data = bytes.subarray(end);
  const expected = shape.reduce((product, length) => product * length, itemBytes);
  if (data.length !== expected)
    throw new Error(`it holds ${data.length} bytes where its shape asks for ${expected}`);
  return { dtype, shape, data, itemBytes };
}

/**
 * The values of an array of whole numbers, in order.
 * @throws Error in words for the teacher, for other types and for numbers beyond 2^53
 */
export function toIntegers({ dtype, data, itemBytes }: NpyArray): number[] {
  if (!/^.[iub][1248]$/.test(dtype))
    throw new Error(`it holds values of type ${dtype} where whole numbers belong`);
  const signed = dtype[1] === "i";
  return Array.from({ length: data.length / itemBytes }, (_, index) => {
    const at = index * itemBytes;
    if (itemBytes === 8) {
      const value = Number(signed ? data.readBigInt64LE(at) : data.readBigUInt64LE(at));
      if (!Number.isSafeInteger(value)) throw new Error("it holds numbers too large for labels");
      return value;
    }
    return signed ? data.readIntLE(at, itemBytes) : data.readUIntLE(at, itemBytes);
  });
}

/** The values of an array of text, in order. @throws Error for other types */
export function toTexts({ dtype, data, itemBytes }: NpyArray): string[] {
  if (dtype[1] !== "U") throw new Error(`it holds values of type ${dtype} where names belong`);
  return Array.from({ length: data.length / itemBytes }, (_, index) => {
    const codes = Array.from({ length: itemBytes / 4 }, (_, at) =>
      data.readUInt32LE(index * itemBytes + at * 4),
    );
    return String.fromCodePoint(...codes.filter((code) => code > 0 && code <= 0x10ffff));
  });
}
