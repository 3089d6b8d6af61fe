import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding.js";
import { packStrings, unpackStrings } from "../packed-strings.js";
import { COMMAND, INLINE_BYTES, WORDS } from "../shared-words.js";
import { CONSTANT_LENGTH, type Constant, createConstants, type Numbers } from "./constants.js";
import type { HostCalls } from "./host-calls.js";
import { type Attributes, attributesJson, sameAttributes } from "./op-attributes.js";
import { type KnownTensor, type OutputRule, outputRule } from "./output-rules.js";
import { TENSORFLOW } from "./tensorflow-constants.js";

type Values = Parameters<TFJSBinding["createTensor"]>[2];

/** tfjs-node's native addon as its backend sees it, with the real one behind the bridge. */
export type NativeBinding = Pick<
  TFJSBinding,
  "createTensor" | "deleteTensor" | "tensorDataSync" | "executeOp" | "isUsingGpuDevice" | "getNumOfTensors"
>;

/** An op with the attributes it was registered with. */
interface Handle {
  number: number;
  attributes: Attributes;
  outputs: number;
  rule: OutputRule | undefined;
}

/** Ops wait in the queue until their outputs together pass this; a crossing cannot be interrupted by the time limit. */
const MAX_WAITING_ELEMENTS = 2_000_000;

/** Of one op with different attributes; then the oldest is forgotten. */
const MAX_VARIANTS = 200;

/**
 * Creations, deletions and ops whose output is known beforehand wait in the shared queue until values or an unknown
 * output are asked for. An error of a waiting op shows at that later place.
 * @throws in the isolate whatever TensorFlow reported, with the program's own stack
 */
export function createNativeBinding(host: HostCalls, shared: SharedArrayBuffer): NativeBinding {
  const words = new Int32Array(shared);
  const bytes = new Uint8Array(shared);
  const handles = new Map<string, Handle[]>();
  const known = new Map<number, KnownTensor | Constant>();
  let nextId = 1;
  let waiting = 0;

  const remove = (id: number): void => {
    known.delete(id);
    const at = room(2);
    words[at] = COMMAND.delete;
    words[at + 1] = id;
  };
  const constants = createConstants(remove);
  const check = (problem: string | undefined): void => {
    if (problem === undefined) return;
    // One of them may be what could not be made.
    constants.clear();
    throw new Error(problem);
  };
  const flush = (): void => {
    waiting = 0;
    check(host.flush());
  };
  /** Where the next command of this length goes. The host empties the queue, so its length is kept in shared memory. */
  const room = (length: number): number => {
    let used = words[WORDS.queueLength] as number;
    if (WORDS.queue + used + length > WORDS.queueEnd) {
      flush();
      used = 0;
    }
    words[WORDS.queueLength] = used + length;
    return WORDS.queue + used;
  };
  const enqueueCreate = (id: number, dtype: number, shape: readonly number[], values: Uint8Array): void => {
    const payload = 5 + shape.length;
    const at = room(payload + ((values.length + 3) >> 2));
    words[at] = COMMAND.create;
    words[at + 1] = id;
    words[at + 2] = dtype;
    words[at + 3] = shape.length;
    for (let i = 0; i < shape.length; i++) words[at + 4 + i] = shape[i] as number;
    words[at + 4 + shape.length] = values.length;
    bytes.set(values, (at + payload) * 4);
  };
  const enqueueExecute = (handle: number, inputs: readonly number[], firstOutput: number): void => {
    const at = room(inputs.length + 4);
    words[at] = COMMAND.execute;
    words[at + 1] = handle;
    words[at + 2] = inputs.length;
    for (let i = 0; i < inputs.length; i++) words[at + 3 + i] = inputs[i] as number;
    words[at + 3 + inputs.length] = firstOutput;
  };
  const handleOf = (op: string, attributes: Attributes, outputs: number): Handle => {
    const variants = handles.get(op) ?? [];
    for (let i = 0; i < variants.length; i++) {
      const variant = variants[i] as Handle;
      if (variant.outputs === outputs && sameAttributes(variant.attributes, attributes)) return variant;
    }
    const oldest = variants.length >= MAX_VARIANTS ? variants.shift() : undefined;
    if (oldest !== undefined) flush();
    const number = host.registerOp(op, attributesJson(attributes), outputs, oldest?.number);
    const rule = outputs === 1 ? outputRule(op, attributes) : undefined;
    const made = { number, attributes: attributes.map((one) => ({ ...one })), outputs, rule };
    handles.set(op, [...variants, made]);
    return made;
  };
  const outputOf = (rule: OutputRule | undefined, ids: readonly number[]): ReturnType<OutputRule> => {
    if (rule === undefined) return undefined;
    const inputs: KnownTensor[] = [];
    for (let i = 0; i < ids.length; i++) {
      const input = known.get(ids[i] as number);
      if (input === undefined) return undefined;
      inputs.push(input);
    }
    return rule(inputs);
  };
  const readOutputs = (first: number, count: number): { id: number; dtype: number; shape: number[] }[] => {
    const outputs = [];
    let at: number = WORDS.operands;
    for (let i = 0; i < count; i++) {
      const dtype = words[at] as number;
      const rank = words[at + 1] as number;
      const shape: number[] = [];
      for (let d = 0; d < rank; d++) shape.push(words[at + 2 + d] as number);
      known.set(first + i, { dtype, shape, values: undefined });
      outputs.push({ id: first + i, dtype, shape });
      at += 2 + rank;
    }
    return outputs;
  };

  return {
    ...TENSORFLOW,
    isUsingGpuDevice: () => false,
    getNumOfTensors: () => known.size,
    createTensor(shape, dtype, values) {
      const constant = isConstant(dtype, values) ? constants.find(dtype, shape, values) : undefined;
      if (constant !== undefined) {
        constant.uses += 1;
        return constant.id;
      }
      const id = nextId++;
      const packed = rawBytes(values);
      if (packed.length <= INLINE_BYTES && dtype !== TENSORFLOW.TF_STRING)
        enqueueCreate(id, dtype, shape, packed);
      else {
        for (let i = 0; i < shape.length; i++) words[WORDS.operands + i] = shape[i] as number;
        waiting = 0;
        check(host.createTensor(id, dtype, shape.length, exactBuffer(packed)));
      }
      if (isConstant(dtype, values)) known.set(id, constants.keep(id, dtype, shape, values));
      else {
        const small = values instanceof Int32Array && values.length <= 8 ? Array.from(values) : undefined;
        known.set(id, { dtype, shape: shape.slice(), values: small });
      }
      return id;
    },
    deleteTensor(id) {
      const tensor = known.get(id);
      if (tensor !== undefined && "uses" in tensor) {
        tensor.uses -= 1;
        if (tensor.kept || tensor.uses > 0) return;
      }
      remove(id);
    },
    tensorDataSync(id) {
      waiting = 0;
      const read = host.readTensor(id);
      if (typeof read === "string") return check(read) as never;
      return typed(words[WORDS.operands] as number, read);
    },
    executeOp(op, attributes, inputs, outputs) {
      const { number, rule } = handleOf(op, attributes, outputs);
      const first = nextId;
      nextId += outputs;
      const output = outputOf(rule, inputs);
      if (output === undefined) {
        for (let i = 0; i < inputs.length; i++) words[WORDS.operands + i] = inputs[i] as number;
        words[WORDS.operands + inputs.length] = first;
        waiting = 0;
        check(host.execute(number, inputs.length));
        return readOutputs(first, outputs);
      }
      enqueueExecute(number, inputs, first);
      const { dtype } = output;
      const shape = output.shape as number[];
      known.set(first, { dtype, shape, values: undefined });
      waiting += elements(shape);
      if (waiting > MAX_WAITING_ELEMENTS) flush();
      return [{ id: first, dtype, shape }];
    },
  };
}

function isConstant(dtype: number, values: Values): values is Numbers {
  const numbers =
    (dtype === TENSORFLOW.TF_FLOAT && values instanceof Float32Array) ||
    (dtype === TENSORFLOW.TF_INT32 && values instanceof Int32Array);
  return numbers && values.length > 0 && values.length <= CONSTANT_LENGTH;
}

function elements(shape: readonly number[]): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i] as number;
  return size;
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
  if (dtype === TENSORFLOW.TF_INT32) return new Int32Array(buffer);
  if (dtype === TENSORFLOW.TF_BOOL || dtype === TENSORFLOW.TF_UINT8) return new Uint8Array(buffer);
  if (dtype === TENSORFLOW.TF_INT64) return new BigInt64Array(buffer) as unknown as Int32Array;
  if (dtype === TENSORFLOW.TF_STRING || dtype === TENSORFLOW.TF_RESOURCE)
    return unpackStrings(buffer) as unknown as Uint8Array;
  return new Float32Array(buffer);
}
