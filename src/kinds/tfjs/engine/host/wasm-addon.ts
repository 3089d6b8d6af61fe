import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { type Addon, DTYPE, type NativeTensor, type NativeValues, type OpAttribute } from "./addon.js";
import { budgetError } from "./tensor-table.js";

/** TensorFlow's numbers for the data types that WebAssembly kernels take. */
const NAMES: ReadonlyMap<number, "float32" | "int32" | "bool"> = new Map([
  [DTYPE.float32, "float32"],
  [DTYPE.int32, "int32"],
  [DTYPE.bool, "bool"],
]);
const NUMBERS: ReadonlyMap<string, number> = new Map([...NAMES].map(([number, name]) => [name, number]));

/** How a kernel is called: names of its inputs, or null for those that take a list, and its attributes. */
interface Call {
  inputs: readonly string[] | null;
  attrs: tf.NamedAttrMap;
}

/**
 * The WebAssembly backend in the shape of tfjs-node's addon, so that everything around kernels stays the same. An op is
 * a kernel; its attributes are `inputs`, the names of its inputs or `[]`, and `attrs`, the kernel's attributes as JSON.
 * @param budgetBytes of WebAssembly memory taken at once, counted before it is taken
 */
export function createWasmAddon(backend: BackendWasm, budgetBytes: number): Addon {
  const tensors = new Map<number, tf.TensorInfo>();
  const calls = new WeakMap<readonly OpAttribute[], Call>();
  const outputsMade = limitMemory(backend, budgetBytes);
  let nextId = 1;

  const get = (id: number): tf.TensorInfo => {
    const info = tensors.get(id);
    if (info === undefined) throw new Error("A tensor that does not exist (any more) was used.");
    return info;
  };
  const keep = (info: tf.TensorInfo): NativeTensor => {
    const id = nextId++;
    tensors.set(id, info);
    const dtype = NUMBERS.get(info.dtype);
    if (dtype === undefined) throw new Error(`A kernel gave a tensor of ${info.dtype}.`);
    return { id, dtype, shape: info.shape };
  };
  const callOf = (attributes: readonly OpAttribute[]): Call => {
    const known = calls.get(attributes);
    if (known !== undefined) return known;
    const made = readCall(attributes);
    calls.set(attributes, made);
    return made;
  };

  return {
    createTensor(shape, dtype, values) {
      const name = NAMES.get(dtype);
      if (name === undefined) throw new Error(`A tensor of TensorFlow type ${dtype} cannot be made here.`);
      const dataId = backend.write(values as Float32Array, [...shape], name);
      return keep({ dataId, shape: [...shape], dtype: name }).id;
    },
    deleteTensor(id) {
      const info = tensors.get(id);
      tensors.delete(id);
      if (info !== undefined) backend.disposeData(info.dataId);
    },
    tensorDataSync: (id) => backend.readSync(get(id).dataId) as NativeValues,
    executeOp(op, attributes, ids, outputs) {
      const kernel = tf.getKernel(op, "wasm");
      if (kernel === null || kernel === undefined) throw new Error("There is no such kernel.");
      const { inputs: names, attrs } = callOf(attributes);
      const inputs = named(names, ids.map(get));
      outputsMade.length = 0;
      try {
        const made = kernel.kernelFunc({ inputs, backend, attrs });
        const list = Array.isArray(made) ? made : [made];
        if (list.length !== outputs) throw new Error(`It gave ${list.length} outputs instead of ${outputs}.`);
        return list.map(keep);
      } catch (error) {
        for (const { dataId } of outputsMade) backend.disposeData(dataId, true);
        throw error;
      }
    },
  };
}

/** The parts of the compiled module that its types leave out. */
interface Heap {
  _malloc(bytes: number): number;
  _free(at: number): void;
}

export function heapOf({ wasm }: BackendWasm): Heap {
  return wasm as unknown as Heap;
}

/**
 * Counts the memory that kernels take from JavaScript, before they take it: beyond its end a kernel would write to
 * address 0.
 * @returns the list of outputs made since it was emptied
 */
function limitMemory(backend: BackendWasm, budgetBytes: number): tf.TensorInfo[] {
  const wasm = heapOf(backend);
  // Both have been called before: at their first call they put the real function in their own place.
  const take = wasm._malloc.bind(wasm);
  const release = wasm._free.bind(wasm);
  const sizes = new Map<number, number>();
  let held = 0;
  wasm._malloc = (bytes) => {
    if (!(bytes >= 0 && held + bytes <= budgetBytes)) throw budgetError(held + bytes, budgetBytes);
    const at = take(bytes);
    if (at === 0 && bytes > 0) throw budgetError(held + bytes, held);
    sizes.set(at >>> 0, bytes);
    held += bytes;
    return at;
  };
  wasm._free = (at) => {
    held -= sizes.get(at >>> 0) ?? 0;
    sizes.delete(at >>> 0);
    release(at);
  };
  const made: tf.TensorInfo[] = [];
  const makeOutput = backend.makeOutput.bind(backend);
  backend.makeOutput = (...args) => {
    const output = makeOutput(...args);
    made.push(output);
    return output;
  };
  return made;
}

function readCall(attributes: readonly OpAttribute[]): Call {
  const text = (name: string): string => String(attributes.find((one) => one.name === name)?.value ?? "");
  const attrs = JSON.parse(text("attrs"), (_, value: unknown) =>
    typeof value === "object" && value !== null && "$number" in value ? Number(value.$number) : value,
  ) as tf.NamedAttrMap;
  const inputs = text("inputs");
  return { inputs: inputs === "[]" ? null : inputs.split(" ").filter(Boolean), attrs };
}

function named(names: readonly string[] | null, infos: readonly tf.TensorInfo[]): tf.NamedTensorInfoMap {
  // Kernels such as Concat take a list in place of a dictionary, whatever the type says.
  if (names === null) return infos as unknown as tf.NamedTensorInfoMap;
  if (names.length !== infos.length) throw new Error("It was called with another number of inputs.");
  return Object.fromEntries(names.map((name, index) => [name, infos[index] as tf.TensorInfo]));
}
