import { FormatError } from "./format-error.js";

/** One field of a protocol buffer: a number, or bytes that are a text or another message. */
export type Field = { readonly number: number; readonly value: number | Uint8Array };

const MAX_FIELDS = 1_000_000;

/**
 * The fields of a message in their order.
 * @throws FormatError for bytes that are no message
 */
export function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 10; shift++) {
      const byte = bytes[at++];
      if (byte === undefined) throw new FormatError("a number in it is cut off");
      value += (byte & 0x7f) * 2 ** (7 * shift);
      if (byte < 0x80) return value;
    }
    throw new FormatError("a number in it is too long");
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.byteLength)
      throw new FormatError("a part of it is longer than its place; it may be cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.byteLength) {
    if (fields.length >= MAX_FIELDS) throw new FormatError(`it has more than ${MAX_FIELDS} fields`);
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: take(8) });
        break;
      case 2:
        fields.push({ number, value: take(varint()) });
        break;
      case 5:
        fields.push({ number, value: take(4) });
        break;
      default:
        throw new FormatError("it holds a field of an unknown kind");
    }
  }
  return fields;
}

/** The text of the first field with that number; null when there is none. */
export function textField(fields: readonly Field[], number: number): string | null {
  const value = fields.find((field) => field.number === number)?.value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}
