import type { Addon } from "./addon.js";
import type { TableEntry } from "./tensor-table.js";

/** That values are the output of a model, and the ops since then that changed them. */
export interface Origin {
  model: number;
  through: readonly string[];
}

/** Ops that move values without changing them. */
const MOVES = new Set(
  "Reshape Slice StridedSlice ConcatV2 Pack Unpack ExpandDims GatherV2 GatherNd SplitV Cast Identity Tile ReverseV2".split(
    " ",
  ),
);
const MAX_THROUGH = 12;
const MAX_ROWS = 200_000;

/**
 * Follows the outputs of models: through ops by the tensors' numbers, and through the program's own arrays by the
 * bytes of each sample.
 */
export interface Origins {
  /** Whether ops are followed; off while a fit runs, because it costs time and nobody asks. */
  following: boolean;
  mark(entry: TableEntry, model: number): void;
  /** Passes the origin of an op's inputs on to its outputs. */
  pass(op: string, inputs: readonly TableEntry[], outputs: readonly TableEntry[]): void;
  /** Values go over into the program's own arrays: their samples are remembered. */
  leave(entry: TableEntry): void;
  /** JSON of model, how, share and through; undefined where nothing is known. */
  find(entry: TableEntry): string | undefined;
}

export function createOrigins(addon: Addon): Origins {
  const origins = new WeakMap<TableEntry, Origin>();
  const rows = new Map<number, Origin>();

  const remember = (entry: TableEntry, origin: Origin): void => {
    for (const hash of rowHashes(addon, entry)) {
      if (rows.size >= MAX_ROWS) return;
      rows.set(hash, origin);
    }
  };

  return {
    following: true,
    mark(entry, model) {
      const origin = { model, through: [] };
      origins.set(entry, origin);
      remember(entry, origin);
    },
    pass(op, inputs, outputs) {
      const origin = inputs.map((input) => origins.get(input)).find((known) => known !== undefined);
      if (origin === undefined) return;
      const changes = !MOVES.has(op) && origin.through.length < MAX_THROUGH;
      const passed = changes ? { model: origin.model, through: [...origin.through, op] } : origin;
      for (const output of outputs) origins.set(output, passed);
    },
    leave(entry) {
      const origin = origins.get(entry);
      if (origin !== undefined && origin.through.length > 0) remember(entry, origin);
    },
    find(entry) {
      const known = origins.get(entry);
      if (known !== undefined) return JSON.stringify({ ...known, how: "ops", share: 1 });
      if (rows.size === 0) return undefined;
      const hashes = rowHashes(addon, entry);
      const found = hashes.map((hash) => rows.get(hash)).filter((origin) => origin !== undefined);
      const first = found[0];
      if (first === undefined) return undefined;
      const share = found.filter((origin) => origin.model === first.model).length / hashes.length;
      return JSON.stringify({ ...first, how: "rows", share });
    },
  };
}

/** A 53-bit hash of each sample's bytes: of each row of the first dimension. Only floats; constant rows say nothing. */
function rowHashes(addon: Addon, { native, shape, dtype }: TableEntry): number[] {
  const count = shape.length > 1 ? (shape[0] ?? 0) : 1;
  const values = addon.tensorDataSync(native);
  if (dtype !== 1 || count === 0 || !(values instanceof Float32Array) || values.length === 0) return [];
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  const length = words.length / count;
  const hashes: number[] = [];
  for (let row = 0; row < count; row++) {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    let varied = false;
    const start = row * length;
    for (let i = start; i < start + length; i++) {
      const word = words[i] as number;
      varied ||= word !== words[start];
      a = Math.imul(a ^ word, 0x01000193);
      b = Math.imul(b ^ (word >>> 15) ^ word, 0x85ebca6b);
    }
    hashes.push(varied ? (a >>> 0) + ((b >>> 11) & 0x1fffff) * 2 ** 32 : -1 - row);
  }
  return hashes;
}
