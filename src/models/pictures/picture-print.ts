import { createHash } from "node:crypto";
import { decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";

/** What identifies a picture, exactly and roughly. */
export interface PicturePrint {
  /** SHA-256 of its size and its RGB values, however the file is packed. */
  readonly pixels: string;
  /** Difference hash: in a grid of 16 rows of 17 grey cells, whether each is brighter than the next; 64 hexadecimal digits. */
  readonly shape: string;
}

const CELLS = { rows: 16, columns: 17 };
/** A small file may claim to be an enormous picture. */
const MAX_MEGAPIXELS = 50;
const MAX_DECODE_MB = 512;
/** Weights of red, green and blue in a grey value (ITU-R 601). */
const LUMA = [0.2989, 0.587, 0.114] as const;

/** @returns null for bytes that are no PNG or JPEG that can be decoded here */
export function picturePrint(bytes: Uint8Array): PicturePrint | null {
  try {
    const { width, height, rgb } = bytes[0] === 0x89 ? fromPng(bytes) : fromJpeg(bytes);
    const size = new Uint8Array(new Uint32Array([width, height]).buffer);
    const pixels = createHash("sha256").update(size).update(rgb).digest("hex");
    return { pixels, shape: differenceHash(greyCells(rgb, width, height)) };
  } catch {
    return null;
  }
}

interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

function fromPng(bytes: Uint8Array): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(16) * view.getUint32(20) > MAX_MEGAPIXELS * 1e6) throw new RangeError("too large");
  const { width, height, data, channels, depth, palette } = decodePng(bytes);
  const scale = depth === 16 ? 1 / 257 : 1;
  const rgb = new Uint8Array(width * height * 3);
  for (let place = 0; place < rgb.length; place += 1) {
    const pixel = Math.floor(place / 3);
    const channel = place % 3;
    const entry = palette?.[data[pixel * channels] ?? 0];
    // One or two channels are grey, a second or fourth one is transparency.
    const at = pixel * channels + (channels < 3 ? 0 : channel);
    rgb[place] = entry ? (entry[channel] ?? 0) : (data[at] ?? 0) * scale;
  }
  return { width, height, rgb };
}

function fromJpeg(bytes: Uint8Array): Pixels {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: MAX_MEGAPIXELS,
    maxMemoryUsageInMB: MAX_DECODE_MB,
  });
  return { width, height, rgb: data };
}

/** Mean grey value of each cell, by rows; a pixel across a border counts with the share that lies in the cell. */
function greyCells(rgb: Uint8Array, width: number, height: number): number[] {
  const { rows, columns } = CELLS;
  return Array.from({ length: rows * columns }, (_, cell) => {
    let sum = 0;
    for (const [y, high] of shares(Math.floor(cell / columns), rows, height))
      for (const [x, wide] of shares(cell % columns, columns, width))
        sum += grey(rgb, (y * width + x) * 3) * high * wide;
    return (sum * rows * columns) / (width * height);
  });
}

/** Pixels of a row or column that lie in one of its equal parts, each with the share that does. */
function shares(part: number, parts: number, pixels: number): [number, number][] {
  const start = (part * pixels) / parts;
  const end = ((part + 1) * pixels) / parts;
  const first = Math.floor(start);
  const last = Math.min(pixels, Math.ceil(end));
  return Array.from({ length: last - first }, (_, offset) => {
    const pixel = first + offset;
    return [pixel, Math.min(pixel + 1, end) - Math.max(pixel, start)];
  });
}

const grey = (rgb: Uint8Array, at: number): number =>
  LUMA.reduce((sum, weight, channel) => sum + weight * (rgb[at + channel] ?? 0), 0);

function differenceHash(cells: readonly number[]): string {
  let digits = "";
  for (let bit = 0; bit < CELLS.rows * 16; bit += 4) {
    let digit = 0;
    for (let offset = 0; offset < 4; offset += 1) {
      const row = Math.floor((bit + offset) / 16);
      const cell = row * CELLS.columns + ((bit + offset) % 16);
      // Cells of a flat area differ by rounding only, which must not look like a shape.
      const brighter = (cells[cell] ?? 0) - (cells[cell + 1] ?? 0) > 1;
      digit = digit * 2 + (brighter ? 1 : 0);
    }
    digits += digit.toString(16);
  }
  return digits;
}
