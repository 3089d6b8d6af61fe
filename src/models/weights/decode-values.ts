/** Bytes a value takes, by the types that weights are stored in. */
export const BYTES_PER_VALUE: Readonly<Record<string, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
};

/**
 * Little-endian bytes as float32 values.
 * @throws RangeError for a type that is not in BYTES_PER_VALUE
 */
export function decodeValues(bytes: Uint8Array, dtype: string): Float32Array {
  const width = BYTES_PER_VALUE[dtype];
  if (width === undefined) throw new RangeError(`Values of type ${dtype} cannot be decoded.`);
  const count = Math.floor(bytes.byteLength / width);
  const aligned = alignedBuffer(bytes, width, count);
  switch (dtype) {
    case "float32":
      return new Float32Array(aligned.buffer, aligned.offset, count);
    case "float16":
      return Float32Array.from(new Uint16Array(aligned.buffer, aligned.offset, count), halfToFloat);
    case "bfloat16":
      return widenBrainFloats(new Uint16Array(aligned.buffer, aligned.offset, count));
    case "float64":
      return Float32Array.from(new Float64Array(aligned.buffer, aligned.offset, count));
    case "int64":
      return Float32Array.from(new BigInt64Array(aligned.buffer, aligned.offset, count), Number);
    case "uint64":
      return Float32Array.from(new BigUint64Array(aligned.buffer, aligned.offset, count), Number);
    case "int32":
      return Float32Array.from(new Int32Array(aligned.buffer, aligned.offset, count));
    case "uint32":
      return Float32Array.from(new Uint32Array(aligned.buffer, aligned.offset, count));
    case "int16":
      return Float32Array.from(new Int16Array(aligned.buffer, aligned.offset, count));
    case "uint16":
      return Float32Array.from(new Uint16Array(aligned.buffer, aligned.offset, count));
    case "int8":
      return Float32Array.from(new Int8Array(aligned.buffer, aligned.offset, count));
    default:
      return Float32Array.from(new Uint8Array(aligned.buffer, aligned.offset, count));
  }
}

/** Typed arrays must start at a multiple of their width, which bytes inside an archive need not. */
function alignedBuffer(
  bytes: Uint8Array,
  width: number,
  count: number,
): { buffer: ArrayBuffer; offset: number } {
  const buffer = bytes.buffer as ArrayBuffer;
  if (bytes.byteOffset % width === 0) return { buffer, offset: bytes.byteOffset };
  const start = bytes.byteOffset;
  return { buffer: buffer.slice(start, start + count * width), offset: 0 };
}

function widenBrainFloats(halves: Uint16Array): Float32Array {
  const words = Uint32Array.from(halves, (half) => half << 16);
  return new Float32Array(words.buffer);
}

/** An IEEE 754 half-precision number from its 16 bits. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
