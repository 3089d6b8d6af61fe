import { encode } from "fast-png";

/** A square colour image as PNG; the seed decides every pixel. */
export function noiseImage(size: number, seed: number): Uint8Array {
  const data = Uint8Array.from(
    { length: size * size * 3 },
    (_, i) => (i * 31 + seed * 97 + ((i * i) >> 3)) % 256,
  );
  return encode({ width: size, height: size, data, channels: 3 });
}
