import { encode } from "fast-png";
import { zipSync } from "fflate";
import { openStore } from "../../src/store/index.js";

export const ROOT = new URL("../..", import.meta.url).pathname;

/** The project's bundled entries with a teacher's store in `folder`. */
export const storeIn = (folder: string) => openStore({ root: ROOT, folder });

/** A small PNG; a different one for each number. */
export function png(number: number, side = 4): Uint8Array {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => (number >> (8 * (i % 3))) & 255);
  return encode({ width: side, height: side, data, channels: 3, depth: 8 });
}

/** Files of class folders: `count` pictures for each class, all different. */
export function classFolders(prefix: string, classes: readonly string[], count: number, first = 0) {
  return Object.fromEntries(
    classes.flatMap((name, index) =>
      Array.from(
        { length: count },
        (_, i) => [`${prefix}${name}/${i}.png`, png(first + index * count + i)] as const,
      ),
    ),
  );
}

/** A `.npy` file as numpy writes it. */
export function npy(dtype: string, shape: readonly number[], data: Uint8Array, order = "False"): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': ${dtype.startsWith("[") ? dtype : `'${dtype}'`}, 'fortran_order': ${order}, 'shape': (${tuple}), }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`, "latin1");
  const start = Buffer.from([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    header.length & 255,
    header.length >> 8,
  ]);
  return Buffer.concat([start, header, data]);
}

/** A `.npz` file of arrays by name. */
export function npz(arrays: Record<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])));
}

/** Labels 0, 1, 0, 1, ... as bytes. */
export const alternating = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 2);

/** `count` images of `size` bytes each, all different. */
export const distinct = (count: number, size: number, first = 0) =>
  Uint8Array.from({ length: count * size }, (_, at) =>
    at % size === 0 ? first + Math.floor(at / size) : at % 7,
  );
