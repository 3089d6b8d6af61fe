import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding.js";
import { packStrings, unpackStrings } from "../packed-strings.js";
import { COMMAND, INLINE_BYTES, WORDS } from "../shared-words.js";
import type { HostCalls } from "./host-calls.js";

type Attributes = Parameters<TFJSBinding["executeOp"]>[1];
type Values = Parameters<TFJSBinding["createTensor"]>[2];

/** tfjs-node's native addon as its backend sees it, with the real one behind the bridge. */
export type NativeBinding = Pick<
  TFJSBinding,
  "createTensor" | "deleteTensor" | "tensorDataSync" | "executeOp" | "isUsingGpuDevice" | "getNumOfTensors"
>;

/** TensorFlow's numbers, as tfjs-node's backend reads them from the addon. */
const CONSTANTS = {
  TF_FLOAT: 1,
  TF_INT32: 3,
  TF_UINT8: 4,
  TF_STRING: 7,
  TF_COMPLEX64: 8,
  TF_INT64: 9,
  TF_BOOL: 10,
  TF_RESOURCE: 20,
  TF_ATTR_STRING: 0,
  TF_ATTR_INT: 1,
  TF_ATTR_FLOAT: 2,
  TF_ATTR_BOOL: 3,
  TF_ATTR_TYPE: 4,
  TF_ATTR_SHAPE: 5,
  TF_ATTR_RESOURCE: 20,
  TF_Version: "bridged",
};

/**
 * Creations and deletions wait in the shared queue until the next op, so that an op costs one crossing.
 * @throws in the isolate whatever TensorFlow reported, with the program's own stack
 */
export function createNativeBinding(host: HostCalls, shared: SharedArrayBuffer): NativeBinding {
  const words = new Int32Array(shared);
  const bytes = new Uint8Array(shared);
  const handles = new Map<string, number>();
  let nextId = 1;
  let alive = 0;

  const fail = (op: string, problem: string): never => {
    throw new Error(op === "" ? problem : `${op}: ${problem}`);
  };
  // The host empties the queue whenever it is called, so its length is kept where both see it.
  const room = (needed: number): number => {
    const end = WORDS.queue + (words[WORDS.queueLength] as number);
    if (end + needed <= WORDS.queueEnd) return end;
    const problem = host.flush();
    if (problem !== undefined) fail("", problem);
    return WORDS.queue;
  };
  const advance = (by: number): void => {
    words[WORDS.queueLength] = (words[WORDS.queueLength] as number) + by;
  };
  const enqueueCreate = (id: number, dtype: number, shape: readonly number[], values: Uint8Array): void => {
    const payload = 5 + shape.length;
    const length = payload + ((values.length + 3) >> 2);
    const at = room(length);
    words[at] = COMMAND.create;
    words[at + 1] = id;
    words[at + 2] = dtype;
    words[at + 3] = shape.length;
    for (let i = 0; i < shape.length; i++) words[at + 4 + i] = shape[i] as number;
    words[at + 4 + shape.length] = values.length;
    bytes.set(values, (at + payload) * 4);
    advance(length);
  };
  const handleOf = (op: string, attributes: Attributes, outputs: number): number => {
    let key = `${op} ${outputs}`;
    for (const { name, type, value } of attributes)
      key += `|${name} ${type} ${typeof value === "object" ? JSON.stringify(value) : value}`;
    let handle = handles.get(key);
    if (handle === undefined) {
      handle = host.registerOp(op, attributesJson(attributes), outputs);
      handles.set(key, handle);
    }
    return handle;
  };

  return {
    ...CONSTANTS,
    isUsingGpuDevice: () => false,
    getNumOfTensors: () => alive,
    createTensor(shape, dtype, values) {
      const id = nextId++;
      alive++;
      const packed = rawBytes(values);
      if (packed.length <= INLINE_BYTES && dtype !== CONSTANTS.TF_STRING)
        enqueueCreate(id, dtype, shape, packed);
      else {
        for (let i = 0; i < shape.length; i++) words[WORDS.operands + i] = shape[i] as number;
        const problem = host.createTensor(id, dtype, shape.length, exactBuffer(packed));
        if (problem !== undefined) fail("", problem);
      }
      return id;
    },
    deleteTensor(id) {
      alive--;
      const at = room(2);
      words[at] = COMMAND.delete;
      words[at + 1] = id;
      advance(2);
    },
    tensorDataSync(id) {
      const read = host.readTensor(id);
      if (typeof read === "string") return fail("", read);
      return typed(words[WORDS.operands] as number, read);
    },
    executeOp(op, attributes, inputs, outputs) {
      const handle = handleOf(op, attributes, outputs);
      for (let i = 0; i < inputs.length; i++) words[WORDS.operands + i] = inputs[i] as number;
      const first = nextId;
      nextId += outputs;
      alive += outputs;
      words[WORDS.operands + inputs.length] = first;
      const problem = host.execute(handle, inputs.length);
      if (problem !== undefined) return fail(op, problem);
      const results = [];
      let at: number = WORDS.operands;
      for (let i = 0; i < outputs; i++) {
        const rank = words[at + 1] as number;
        const shape: number[] = [];
        for (let d = 0; d < rank; d++) shape.push(words[at + 2 + d] as number);
        results.push({ id: first + i, dtype: words[at] as number, shape });
        at += 2 + rank;
      }
      return results;
    },
  };
}

/** JSON has no infinities, which padding and clipping use. */
function attributesJson(attributes: Attributes): string {
  return JSON.stringify(attributes, (_, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
    return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  });
}

function rawBytes(values: Values): Uint8Array {
  if (ArrayBuffer.isView(values)) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return packStrings(values as Uint8Array[]);
}

function exactBuffer(view: Uint8Array): ArrayBuffer {
  const whole = view.byteOffset === 0 && view.byteLength === view.buffer.byteLength;
  return (whole ? view.buffer : view.slice().buffer) as ArrayBuffer;
}

function typed(dtype: number, buffer: ArrayBuffer): ReturnType<NativeBinding["tensorDataSync"]> {
  if (dtype === CONSTANTS.TF_INT32) return new Int32Array(buffer);
  if (dtype === CONSTANTS.TF_BOOL || dtype === CONSTANTS.TF_UINT8) return new Uint8Array(buffer);
  if (dtype === CONSTANTS.TF_INT64) return new BigInt64Array(buffer) as unknown as Int32Array;
  if (dtype === CONSTANTS.TF_STRING || dtype === CONSTANTS.TF_RESOURCE)
    return unpackStrings(buffer) as unknown as Uint8Array;
  return new Float32Array(buffer);
}
