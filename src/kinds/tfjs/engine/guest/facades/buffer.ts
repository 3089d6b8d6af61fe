import { decodeBase64, decodeHex, encodeBase64, encodeHex } from "../globals/base64.js";
import { bytesOf, decodeUtf8, encodeUtf8 } from "../globals/text-coding.js";

export type Encoding = "utf8" | "utf-8" | "base64" | "base64url" | "hex" | "latin1" | "binary" | "ascii";

type Source = string | ArrayLike<number> | ArrayBuffer | ArrayBufferView | Iterable<number>;

/** Node's Buffer as far as programs use it for files and images. A class, because it must be a Uint8Array. */
export class Buffer extends Uint8Array<ArrayBuffer> {
  static override from(source: Source, encodingOrOffset?: unknown, length?: unknown): Buffer {
    if (typeof source === "string") return wrap(encode(source, encodingOrOffset));
    if (source instanceof ArrayBuffer) {
      const offset = Number(encodingOrOffset ?? 0);
      return new Buffer(source, offset, length === undefined ? source.byteLength - offset : Number(length));
    }
    const list = "length" in source ? source : Array.from(source as Iterable<number>);
    const buffer = new Buffer(new ArrayBuffer(list.length));
    buffer.set(list);
    return buffer;
  }

  static alloc(size: number, fill?: number | string): Buffer {
    const buffer = new Buffer(new ArrayBuffer(size));
    if (typeof fill === "number") buffer.fill(fill);
    if (typeof fill === "string" && fill !== "") {
      const pattern = encodeUtf8(fill);
      for (let i = 0; i < size; i++) buffer[i] = pattern[i % pattern.length] as number;
    }
    return buffer;
  }

  static allocUnsafe(size: number): Buffer {
    return new Buffer(new ArrayBuffer(size));
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static byteLength(value: string | ArrayBufferView | ArrayBuffer, encoding?: unknown): number {
    return typeof value === "string" ? encode(value, encoding).length : value.byteLength;
  }

  static concat(list: readonly Uint8Array[], total?: number): Buffer {
    const length = total ?? list.reduce((sum, part) => sum + part.length, 0);
    const whole = new Buffer(new ArrayBuffer(length));
    let at = 0;
    for (const part of list) {
      const fitting = part.subarray(0, Math.max(0, length - at));
      whole.set(fitting, at);
      at += fitting.length;
    }
    return whole;
  }

  override toString(encoding?: unknown, start = 0, end = this.length): string {
    return decode(this.subarray(start, end), encoding);
  }

  toJSON(): { type: "Buffer"; data: number[] } {
    return { type: "Buffer", data: Array.from(this) };
  }

  /** Shares the memory, as Node's does. */
  override slice(start?: number, end?: number): Buffer {
    return wrap(this.subarray(start, end));
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, i) => byte === other[i]);
  }

  copy(target: Uint8Array, targetStart = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }

  write(text: string, offset = 0, encoding?: unknown): number {
    const bytes = encode(text, encoding).subarray(0, this.length - offset);
    this.set(bytes, offset);
    return bytes.length;
  }

  readUInt8(offset = 0): number {
    return view(this).getUint8(offset);
  }
  readInt8(offset = 0): number {
    return view(this).getInt8(offset);
  }
  readUInt16LE(offset = 0): number {
    return view(this).getUint16(offset, true);
  }
  readUInt16BE(offset = 0): number {
    return view(this).getUint16(offset);
  }
  readInt16LE(offset = 0): number {
    return view(this).getInt16(offset, true);
  }
  readInt16BE(offset = 0): number {
    return view(this).getInt16(offset);
  }
  readUInt32LE(offset = 0): number {
    return view(this).getUint32(offset, true);
  }
  readUInt32BE(offset = 0): number {
    return view(this).getUint32(offset);
  }
  readInt32LE(offset = 0): number {
    return view(this).getInt32(offset, true);
  }
  readInt32BE(offset = 0): number {
    return view(this).getInt32(offset);
  }
  readFloatLE(offset = 0): number {
    return view(this).getFloat32(offset, true);
  }
  readFloatBE(offset = 0): number {
    return view(this).getFloat32(offset);
  }
  readDoubleLE(offset = 0): number {
    return view(this).getFloat64(offset, true);
  }
  writeUInt8(value: number, offset = 0): number {
    view(this).setUint8(offset, value);
    return offset + 1;
  }
  writeUInt32LE(value: number, offset = 0): number {
    view(this).setUint32(offset, value, true);
    return offset + 4;
  }
  writeFloatLE(value: number, offset = 0): number {
    view(this).setFloat32(offset, value, true);
    return offset + 4;
  }
}

// Bundling may rename the class, and programs print its name.
Object.defineProperty(Buffer, "name", { value: "Buffer" });

function wrap(bytes: Uint8Array): Buffer {
  return new Buffer(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}

function view(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function encode(text: string, encoding: unknown): Uint8Array {
  switch (named(encoding)) {
    case "base64":
    case "base64url":
      return decodeBase64(text);
    case "hex":
      return decodeHex(text);
    case "latin1":
    case "binary":
    case "ascii":
      return Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
    default:
      return encodeUtf8(text);
  }
}

function decode(bytes: Uint8Array, encoding: unknown): string {
  switch (named(encoding)) {
    case "base64":
      return encodeBase64(bytes);
    case "base64url":
      return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    case "hex":
      return encodeHex(bytes);
    case "latin1":
    case "binary":
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    case "ascii":
      return Array.from(bytes, (byte) => String.fromCharCode(byte & 127)).join("");
    default:
      return decodeUtf8(bytesOf(bytes));
  }
}

function named(encoding: unknown): Encoding {
  return (typeof encoding === "string" ? encoding.toLowerCase() : "utf8") as Encoding;
}
