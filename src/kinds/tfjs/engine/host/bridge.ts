import { packStrings } from "../packed-strings.js";
import { COMMAND, INLINE_BYTES, WORDS } from "../shared-words.js";
import { type Addon, DTYPE, type NativeValues, type OpAttribute } from "./addon.js";
import { ALLOWED_OPS } from "./allowed-ops.js";
import { declaredBytes } from "./declared-bytes.js";
import type { Origins } from "./origins.js";
import { createTensorTable, type TensorTable } from "./tensor-table.js";

/** The host side of the addon as the isolate may call it; every argument comes from an untrusted place. */
export interface Bridge {
  /** Memory shared with the isolate, laid out by `WORDS`. */
  shared: SharedArrayBuffer;
  table: TensorTable;
  /** Number of ops executed. */
  readonly ops: number;
  /** Registers an op with its attributes (JSON) and number of outputs; returns the number to call it by. */
  register(op: unknown, attributes: unknown, outputs: unknown): number;
  /** Runs a registered op on `inputCount` ids of the operand area. Returns nothing, or the error's text. */
  execute(handle: unknown, inputCount: unknown): string | undefined;
  /** Makes a tensor; its shape is in the operand area. */
  create(id: unknown, dtype: unknown, rank: unknown, bytes: unknown): string | undefined;
  /** The bytes of a tensor; its TensorFlow type is left in the first operand word. */
  read(id: unknown): ArrayBuffer | string;
  /** Works off the queue. */
  flush(): string | undefined;
}

interface Registered {
  op: string;
  attributes: readonly OpAttribute[];
  outputs: number;
}

const MAX_REGISTERED = 50_000;
const MAX_RANK = 8;

/** @param budgetBytes of native tensors alive at once */
export function createBridge(addon: Addon, budgetBytes: number, origins: Origins): Bridge {
  const shared = new SharedArrayBuffer(WORDS.end * 4);
  const words = new Int32Array(shared);
  const table = createTensorTable(addon, budgetBytes);
  const registered: Registered[] = [];
  let ops = 0;

  const word = (index: number): number => {
    const value = words[index];
    if (value === undefined) throw new Error("A command is longer than the shared memory.");
    return value;
  };
  const readShape = (at: number, rank: number): number[] => {
    if (!Number.isInteger(rank) || rank < 0 || rank > MAX_RANK) throw new Error(`${rank} is not a rank.`);
    return Array.from({ length: rank }, (_, i) => word(at + i));
  };

  const workOff = (): void => {
    const end = WORDS.queue + Math.min(word(WORDS.queueLength), WORDS.queueEnd - WORDS.queue);
    words[WORDS.queueLength] = 0;
    let at: number = WORDS.queue;
    while (at < end) {
      if (word(at) === COMMAND.delete) {
        table.delete(word(at + 1));
        at += 2;
        continue;
      }
      const [id, dtype, rank] = [word(at + 1), word(at + 2), word(at + 3)];
      const shape = readShape(at + 4, rank);
      const bytes = word(at + 4 + rank);
      if (bytes < 0 || bytes > INLINE_BYTES) throw new Error("A command carries too many bytes.");
      const payload = at + 5 + rank;
      const buffer = new ArrayBuffer(bytes);
      new Uint8Array(buffer).set(new Uint8Array(shared, payload * 4, bytes));
      table.create(id, dtype, shape, buffer);
      at = payload + Math.ceil(bytes / 4);
    }
  };

  const run = (handle: number, inputCount: number): void => {
    const call = registered[handle];
    if (call === undefined) throw new Error("An op was called that is not registered.");
    const inputs = Array.from({ length: inputCount }, (_, i) => table.get(word(WORDS.operands + i)));
    const firstOutput = word(WORDS.operands + inputCount);
    table.reserve(declaredBytes(call.op, call.attributes, inputs));
    const natives = inputs.map((entry) => entry.native);
    const outputs = addon.executeOp(call.op, call.attributes, natives, call.outputs);
    ops += 1;
    let at: number = WORDS.operands;
    for (const [i, output] of outputs.entries()) {
      table.adopt(firstOutput + i, output.id, output.dtype, output.shape);
      words[at] = output.dtype;
      words[at + 1] = output.shape.length;
      for (const [d, dimension] of output.shape.entries()) words[at + 2 + d] = dimension;
      at += 2 + output.shape.length;
    }
    if (origins.following)
      origins.pass(
        call.op,
        inputs,
        outputs.map((_, i) => table.get(firstOutput + i)),
      );
    table.reserve(0);
  };

  return {
    shared,
    table,
    get ops() {
      return ops;
    },
    register(op, attributes, outputs) {
      if (typeof op !== "string" || !ALLOWED_OPS.has(op))
        throw new Error(`The op ${String(op)} is not available.`);
      if (registered.length >= MAX_REGISTERED) throw new Error("Too many different ops were used.");
      registered.push({ op, attributes: parseAttributes(String(attributes)), outputs: Number(outputs) });
      return registered.length - 1;
    },
    execute: (handle, inputCount) =>
      reported(() => {
        workOff();
        run(Number(handle), Number(inputCount));
      }),
    create: (id, dtype, rank, bytes) =>
      reported(() => {
        workOff();
        if (!(bytes instanceof ArrayBuffer))
          throw new Error("A tensor was made from something else than bytes.");
        table.create(Number(id), Number(dtype), readShape(WORDS.operands, Number(rank)), bytes);
      }),
    read(id) {
      try {
        workOff();
        const entry = table.get(Number(id));
        words[WORDS.operands] = entry.dtype;
        if (origins.following) origins.leave(entry);
        return packValues(entry.dtype, addon.tensorDataSync(entry.native));
      } catch (error) {
        return messageOf(error);
      }
    },
    flush: () => reported(workOff),
  };
}

/** Errors cross as data: an exception thrown through a callback would carry the host's stack into the isolate. */
function reported(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Invalid TF_Status: \d+\nMessage: /, "").slice(0, 2000);
}

function parseAttributes(json: string): OpAttribute[] {
  return JSON.parse(json, (_, value) =>
    typeof value === "object" && value !== null && "$number" in value ? Number(value.$number) : value,
  ) as OpAttribute[];
}

function packValues(dtype: number, values: NativeValues): ArrayBuffer {
  if (dtype === DTYPE.string || dtype === DTYPE.resource)
    return packStrings(values as Uint8Array[]).buffer as ArrayBuffer;
  const typed = values as Uint8Array;
  return typed.buffer.slice(typed.byteOffset, typed.byteOffset + typed.byteLength) as ArrayBuffer;
}
