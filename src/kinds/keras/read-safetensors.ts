const MAX_TABLE_BYTES = 4_000_000;

/**
 * The float32 tensors of a `.safetensors` file, by name: eight bytes of length, a table in JSON, raw values. The bytes
 * come from a hostile place.
 * @returns null for anything but a file whose tensors cover its bytes one after the other
 */
export function readSafetensors(bytes: Uint8Array): Map<string, Float32Array> | null {
  if (bytes.byteLength < 8) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_TABLE_BYTES, bytes.byteLength - 8))) return null;
  const start = 8 + Number(length);
  const table = parseTable(new TextDecoder().decode(bytes.subarray(8, start)));
  if (!table) return null;
  const tensors = new Map<string, Float32Array>();
  let end = 0;
  for (const [name, entry] of Object.entries(table)) {
    const size = sizeOf(entry, end);
    if (size === null || start + end + size > bytes.byteLength) return null;
    // A copy, because the values may begin at a place where floats cannot.
    tensors.set(
      name,
      new Float32Array(Uint8Array.from(bytes.subarray(start + end, start + end + size)).buffer),
    );
    end += size;
  }
  return start + end === bytes.byteLength ? tensors : null;
}

function parseTable(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !text.includes("__proto__") ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Bytes of a float32 tensor that begins where the one before ended; null for anything else. */
function sizeOf(entry: unknown, begin: number): number | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
  if (dtype !== "F32" || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) return null;
  const size = 4 * shape.reduce((product, count) => product * count, 1);
  return offsets[0] === begin && offsets[1] === begin + size ? size : null;
}

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
