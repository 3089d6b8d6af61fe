/** Numbers from 0 up to 1 in a fixed order. */
export type Random = () => number;

/** Mulberry32: small, and good enough to choose what to break. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const oneOf = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)] as T;

/** A copy that is cut off, has flipped bits or runs of odd bytes, or a piece of itself in the wrong place. */
export function breakBytes(original: Uint8Array, random: Random): Uint8Array {
  const bytes = new Uint8Array(original);
  const times = 1 + below(random, 6);
  switch (below(random, 5)) {
    case 0:
      return bytes.subarray(0, below(random, bytes.length));
    case 1:
      for (let i = 0; i < times; i++) flipBit(bytes, below(random, bytes.length), random);
      return bytes;
    case 2:
      for (let i = 0; i < times; i++) {
        const start = below(random, bytes.length);
        bytes.fill(oneOf(random, [0, 1, 0x7f, 0x80, 0xff]), start, start + 1 + below(random, 8));
      }
      return bytes;
    case 3:
      bytes.copyWithin(below(random, bytes.length), below(random, bytes.length), below(random, bytes.length));
      return bytes;
    default:
      // Sizes and addresses stand near the start.
      for (let i = 0; i < times; i++) flipBit(bytes, below(random, Math.min(4096, bytes.length)), random);
      return bytes;
  }
}

function flipBit(bytes: Uint8Array, at: number, random: Random): void {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
}

const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 1.5, 1e308, 2 ** 53, "", "x", "relu", "input_layer", 1e-300],
  ...[[], {}, [[]], [null], [1, 2, 3], [[[["a", 0, 0]]]], { class_name: "Dense", config: {} }],
];

/** A copy with a few values of it replaced by others, by each other or by nothing. */
export function breakJson(original: object, random: Random): object {
  const root = structuredClone(original);
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const collect = (holder: Record<string, unknown>): void => {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof value === "object" && value !== null) collect(value as Record<string, unknown>);
    }
  };
  collect(root as Record<string, unknown>);
  for (let i = 0; i <= below(random, 3); i++) {
    const [holder, key] = oneOf(random, places);
    const chance = random();
    if (chance < 0.2) Reflect.deleteProperty(holder, key);
    else if (chance < 0.6) holder[key] = structuredClone(oneOf(random, ODD_VALUES));
    else {
      const [other, otherKey] = oneOf(random, places);
      holder[key] = structuredClone(other[otherKey]);
    }
  }
  return root;
}
