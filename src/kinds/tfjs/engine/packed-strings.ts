/** Strings cross as bytes: for each its length in 4 bytes (little-endian), then its bytes. */
export function packStrings(strings: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const bytes of strings) length += 4 + bytes.length;
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const bytes of strings) {
    view.setUint32(at, bytes.length, true);
    packed.set(bytes, at + 4);
    at += 4 + bytes.length;
  }
  return packed;
}

/** The opposite of `packStrings`. */
export function unpackStrings(buffer: ArrayBuffer): Uint8Array[] {
  const view = new DataView(buffer);
  const strings: Uint8Array[] = [];
  for (let at = 0; at < buffer.byteLength; ) {
    const length = view.getUint32(at, true);
    strings.push(new Uint8Array(buffer.slice(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return strings;
}
