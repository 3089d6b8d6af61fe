import * as tf from "@tensorflow/tfjs";
import { takesTypes, WASM_KERNELS } from "../wasm-kernels.js";
import type { TensorIds } from "./backend.js";
import { convolvesOnHost } from "./host-convolutions.js";
import { fillMissingKernels, javascriptKernel, type KernelFunc } from "./javascript-kernels.js";
import type { NativeBinding } from "./native-binding.js";
import { type Attributes, attributesJson } from "./op-attributes.js";
import { TENSORFLOW } from "./tensorflow-constants.js";

type Values = tf.backend_util.BackendValues;
type NumberType = "float32" | "int32" | "bool";

const BACKEND = "wasm";
const NUMBER_TYPES = {
  float32: { code: TENSORFLOW.TF_FLOAT, array: Float32Array },
  int32: { code: TENSORFLOW.TF_INT32, array: Int32Array },
  bool: { code: TENSORFLOW.TF_BOOL, array: Uint8Array },
} as const;

/** Values behind one or more tensors: on the host, or here where no kernel of the host takes them (text, complex). */
type Held = { references: number; dtype: tf.DataType } & ({ id: number } | { values: Values });

/** A backend whose kernels run on the host, on WebAssembly; those that are missing there run here, in JavaScript. */
export function installWasm(binding: NativeBinding): TensorIds {
  const all = new Map<object, Held>();
  const backend = createBackend(binding, all);
  const held = (dataId: object): Held => {
    // It lives on another backend, and the engine knows on which.
    if (!all.has(dataId)) tf.engine().moveData(backend as never, dataId);
    return all.get(dataId) as Held;
  };
  const idOf = ({ dataId }: tf.TensorInfo): number => {
    const one = held(dataId);
    if (!("id" in one)) throw new Error(`A tensor of ${one.dtype} was given to a kernel for numbers.`);
    return one.id;
  };
  const onHost = (kernelName: string): KernelFunc => {
    const inJavaScript = javascriptKernel(kernelName);
    return (call) => {
      const inputs = call.inputs as Record<string, tf.TensorInfo | undefined>;
      const names = Object.keys(inputs).filter((name) => inputs[name] !== undefined && inputs[name] !== null);
      const given = names.map((name) => inputs[name] as tf.TensorInfo);
      const attrs = call.attrs ?? {};
      if (!runsOnHost(kernelName, given, attrs)) return inJavaScript(call);
      const count = outputsOf(kernelName, given[0], attrs);
      const made = binding.executeOp(
        kernelName,
        [
          { name: "inputs", type: 0, value: Array.isArray(call.inputs) ? "[]" : names.join(" ") },
          { name: "attrs", type: 0, value: attributesJson(attrs as unknown as Attributes) },
        ],
        given.map(idOf),
        count ?? 1,
      );
      const infos = made.map(({ id, dtype, shape }) => {
        const name = typeNamed(dtype);
        const dataId = {};
        all.set(dataId, { references: 1, dtype: name, id });
        return { dataId, shape, dtype: name };
      });
      return count === undefined ? (infos[0] as tf.TensorInfo) : infos;
    };
  };

  tf.registerBackend(BACKEND, () => backend, 3);
  for (const kernelName of WASM_KERNELS)
    tf.registerKernel({ kernelName, backendName: BACKEND, kernelFunc: onHost(kernelName) });
  tf.registerKernel({
    kernelName: "Identity",
    backendName: BACKEND,
    kernelFunc: ({ inputs }) => {
      const { dataId, shape, dtype } = inputs["x"] as tf.TensorInfo;
      held(dataId).references += 1;
      return { dataId, shape, dtype };
    },
  });
  fillMissingKernels(BACKEND);
  tf.setBackend(BACKEND);
  return {
    idOf({ dataId }) {
      const one = all.get(dataId);
      return one !== undefined && "id" in one ? one.id : undefined;
    },
  };
}

function createBackend(binding: NativeBinding, all: Map<object, Held>): tf.KernelBackend {
  const move = (
    dataId: object,
    values: Values,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void => {
    if (!isNumberType(dtype)) {
      all.set(dataId, { references, dtype, values });
      return;
    }
    const { code, array } = NUMBER_TYPES[dtype];
    const typed = values instanceof array ? values : array.from(values as Float32Array);
    all.set(dataId, { references, dtype, id: binding.createTensor(shape, code, typed) });
  };
  const readSync = (dataId: object): Values => {
    const one = all.get(dataId);
    if (one === undefined) throw new Error("A tensor that does not exist (any more) was read.");
    return "id" in one ? binding.tensorDataSync(one.id) : one.values;
  };
  return Object.assign(new tf.KernelBackend(), {
    move,
    readSync,
    read: async (dataId: object) => readSync(dataId),
    write(values: Values, shape: number[], dtype: tf.DataType) {
      const dataId = {};
      move(dataId, values, shape, dtype, 1);
      return dataId;
    },
    disposeData(dataId: object, force = false) {
      const one = all.get(dataId);
      if (one === undefined) return true;
      one.references -= 1;
      if (!force && one.references > 0) return false;
      all.delete(dataId);
      if ("id" in one) binding.deleteTensor(one.id);
      return true;
    },
    incRef(dataId: object) {
      const one = all.get(dataId);
      if (one !== undefined) one.references += 1;
    },
    refCount: (dataId: object) => all.get(dataId)?.references ?? 0,
    numDataIds: () => all.size,
    memory: () => ({ unreliable: true }),
    floatPrecision: () => 32 as const,
    timerAvailable: () => true,
    async time(run: () => void) {
      run();
      return { kernelMs: 0 };
    },
    dispose: () => undefined,
  });
}

/** Text and complex numbers have no kernels on the host, and truth is not made from numbers there. */
function runsOnHost(kernel: string, inputs: readonly tf.TensorInfo[], attrs: tf.NamedAttrMap): boolean {
  const made = (attrs["dtype"] ?? "float32") as tf.DataType;
  const types = inputs.map(({ dtype }) => dtype);
  if (!takesTypes(kernel, types) || !isNumberType(made) || (kernel === "Cast" && made === "bool"))
    return false;
  return convolvesOnHost(kernel, inputs[1]?.shape ?? [], attrs);
}

function isNumberType(dtype: string): dtype is NumberType {
  return Object.hasOwn(NUMBER_TYPES, dtype);
}

function typeNamed(code: number): NumberType {
  if (code === TENSORFLOW.TF_INT32) return "int32";
  return code === TENSORFLOW.TF_BOOL ? "bool" : "float32";
}

/** How many tensors a kernel gives as a list; undefined for those that give one tensor. */
function outputsOf(kernel: string, x: tf.TensorInfo | undefined, attrs: tf.NamedAttrMap): number | undefined {
  if (kernel === "TopK") return 2;
  if (kernel === "Unpack") return x?.shape.at(Number(attrs["axis"] ?? 0)) ?? 0;
  if (kernel !== "SplitV") return undefined;
  const sizes = attrs["numOrSizeSplits"];
  return Array.isArray(sizes) ? sizes.length : Number(sizes);
}
