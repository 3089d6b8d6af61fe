import { packStrings } from "../packed-strings.js";
import { COMMAND, INLINE_BYTES, WORDS } from "../shared-words.js";
import { type Addon, DTYPE, type NativeValues, type OpAttribute } from "./addon.js";
import type { DeclaredBytes } from "./declared-bytes.js";
import type { Kernels } from "./kernels.js";
import type { Origins } from "./origins.js";
import { createTensorTable, type TableEntry, type TensorTable } from "./tensor-table.js";

/** The host side of the addon as the isolate may call it; every argument comes from an untrusted place. */
export interface Bridge {
  /** Memory shared with the isolate, laid out by `WORDS`. */
  shared: SharedArrayBuffer;
  table: TensorTable;
  /** Number of ops executed. */
  readonly ops: number;
  /**
   * Registers an op with its attributes (JSON) and number of outputs; returns the number to call it by. It takes the
   * place of the one numbered `replaced`, where there is one.
   */
  register(op: unknown, attributes: unknown, outputs: unknown, replaced?: unknown): number;
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
  declared: DeclaredBytes | undefined;
}

const MAX_REGISTERED = 50_000;
const MAX_RANK = 8;
const MAX_INPUTS = WORDS.end - WORDS.operands - 1;

/** @param budgetBytes of native tensors alive at once */
export function createBridge(kernels: Kernels, budgetBytes: number, origins: Origins): Bridge {
  const { addon } = kernels;
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
    const shape: number[] = [];
    for (let i = 0; i < rank; i++) shape.push(word(at + i));
    return shape;
  };

  /** Runs a registered op on the ids at `at`, behind which stands the number of its first output. */
  const run = (handle: number, inputCount: number, at: number): TableEntry[] => {
    const call = registered[handle];
    if (call === undefined) throw new Error("An op was called that is not registered.");
    if (!(inputCount >= 0 && inputCount <= MAX_INPUTS))
      throw new Error("An op was called with too many inputs.");
    const { op, declared } = call;
    const looked: TableEntry[] | undefined = declared !== undefined || origins.following ? [] : undefined;
    const natives: number[] = [];
    for (let i = 0; i < inputCount; i++) {
      const entry = table.get(word(at + i));
      looked?.push(entry);
      natives.push(entry.native);
    }
    const first = word(at + inputCount);
    if (declared !== undefined && looked !== undefined) table.reserve(declared(looked));
    const made = execute(op, call, natives);
    ops += 1;
    const outputs: TableEntry[] = [];
    for (let i = 0; i < made.length; i++) {
      const { id, dtype, shape } = made[i] as (typeof made)[number];
      outputs.push(table.adopt(first + i, id, dtype, shape));
    }
    if (origins.following && looked !== undefined) origins.pass(op, looked, outputs);
    table.reserve(0);
    return outputs;
  };
  /** An op may run later than it was called, so its name goes with what TensorFlow says about it. */
  const execute = (
    op: string,
    call: Registered,
    natives: readonly number[],
  ): ReturnType<Addon["executeOp"]> => {
    try {
      return addon.executeOp(op, call.attributes, natives, call.outputs);
    } catch (error) {
      throw new Error(`${op}: ${messageOf(error)}`);
    }
  };

  const makeInline = (at: number): number => {
    const rank = word(at + 3);
    const shape = readShape(at + 4, rank);
    const size = word(at + 4 + rank);
    if (!(size >= 0 && size <= INLINE_BYTES)) throw new Error("A command carries too many bytes.");
    const payload = at + 5 + rank;
    const length = (size + 3) >> 2;
    const buffer = new ArrayBuffer(size);
    if ((size & 3) === 0) new Int32Array(buffer).set(words.subarray(payload, payload + length));
    else new Uint8Array(buffer).set(new Uint8Array(shared, payload * 4, size));
    table.create(word(at + 1), word(at + 2), shape, buffer);
    return payload + length;
  };

  /** Does the command at `at` and returns where the next one is. */
  const doCommand = (at: number): number => {
    const command = word(at);
    if (command === COMMAND.delete) {
      table.delete(word(at + 1));
      return at + 2;
    }
    if (command !== COMMAND.execute) return makeInline(at);
    const inputCount = word(at + 2);
    run(word(at + 1), inputCount, at + 3);
    return at + inputCount + 4;
  };
  const workOff = (): void => {
    const end = WORDS.queue + Math.min(word(WORDS.queueLength), WORDS.queueEnd - WORDS.queue);
    words[WORDS.queueLength] = 0;
    let problem: unknown;
    for (let at: number = WORDS.queue; at < end; ) {
      try {
        at = doCommand(at);
      } catch (error) {
        problem ??= error;
        // What comes after a failed op must not be lost: tensors would never be made or deleted.
        if (word(at) !== COMMAND.execute) break;
        at += Math.max(0, word(at + 2)) + 4;
      }
    }
    if (problem !== undefined) throw problem;
  };

  return {
    shared,
    table,
    get ops() {
      return ops;
    },
    register(op, attributes, outputs, replaced) {
      if (typeof op !== "string" || !kernels.allowed.has(op))
        throw new Error(`The op ${String(op)} is not available.`);
      const number = typeof replaced === "number" && replaced in registered ? replaced : registered.length;
      if (number >= MAX_REGISTERED) throw new Error("Too many different ops were used.");
      const parsed = parseAttributes(String(attributes));
      registered[number] = {
        op,
        attributes: parsed,
        outputs: Number(outputs),
        declared: kernels.declaredBytes(op, parsed),
      };
      return number;
    },
    execute: (handle, inputCount) =>
      reported(() => {
        workOff();
        const outputs = run(Number(handle), Number(inputCount), WORDS.operands);
        let at: number = WORDS.operands;
        for (const { dtype, shape } of outputs) {
          if (at + 2 + shape.length > WORDS.end) throw new Error("An op gave too many tensors at once.");
          words[at] = dtype;
          words[at + 1] = shape.length;
          for (let d = 0; d < shape.length; d++) words[at + 2 + d] = shape[d] as number;
          at += 2 + shape.length;
        }
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
  const { buffer, byteOffset, byteLength } = values as Uint8Array<ArrayBuffer>;
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}
