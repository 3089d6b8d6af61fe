import type { Leakage } from "../contract/index.js";

/** What identifies a picture: its pixels exactly, and its shape as 64 hexadecimal digits that likenesses share mostly. */
interface Print {
  pixels: string;
  shape: string;
}

/** Most of the 256 bits in which two versions of one picture differ after scaling or packing it anew. */
const LIKENESS = 12;

/**
 * Pictures that were handed in, held against hidden and public ones. One that is public too is nobody's secret, and
 * one that resembles a public picture as much as a hidden one shows nothing.
 * @param handedIn paths with prints; null for a picture that could not be decoded
 */
export function comparePictures(
  handedIn: readonly { path: string; print: Print | null }[],
  hidden: readonly Print[],
  open: readonly Print[],
): Leakage {
  const openPixels = new Set(open.map(({ pixels }) => pixels));
  const hiddenPixels = new Set(hidden.map(({ pixels }) => pixels));
  const hiddenShapes = hidden.map(({ shape }) => bitsOf(shape));
  const openShapes = open.map(({ shape }) => bitsOf(shape));
  const readable = handedIn.flatMap(({ path, print }) => (print ? [{ path, print }] : []));
  const others = readable.filter(({ print }) => !openPixels.has(print.pixels));
  const same = others.filter(({ print }) => hiddenPixels.has(print.pixels));
  const near = others.filter(({ print }) => {
    if (hiddenPixels.has(print.pixels)) return false;
    const shape = bitsOf(print.shape);
    const distance = nearest(shape, hiddenShapes);
    return distance <= LIKENESS && distance < nearest(shape, openShapes);
  });
  return {
    pictures: readable.length,
    unreadable: handedIn.length - readable.length,
    hidden: hidden.length,
    same: same.map(({ path }) => path),
    near: near.map(({ path }) => path),
  };
}

type Bits = readonly number[];

const bitsOf = (shape: string): Bits =>
  Array.from({ length: 8 }, (_, word) => Number.parseInt(shape.slice(word * 8, word * 8 + 8), 16));

const nearest = (shape: Bits, others: readonly Bits[]): number =>
  others.reduce((least, other) => Math.min(least, distance(shape, other)), Number.POSITIVE_INFINITY);

const distance = (a: Bits, b: Bits): number =>
  a.reduce((sum, word, place) => sum + ones(word ^ (b[place] as number)), 0);

function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
