import * as tf from "@tensorflow/tfjs";

export type KernelFunc = tf.KernelConfig["kernelFunc"];
/** The part of a backend that values are moved by. */
type Values = Pick<tf.KernelBackend, "readSync" | "write">;

/** Kernels that a backend lacks run on the JavaScript backend, on copies of their inputs. */
export function fillMissingKernels(backendName: string): void {
  const present = new Set(tf.getKernelsForBackend(backendName).map((kernel) => kernel.kernelName));
  for (const kernel of tf.getKernelsForBackend("cpu")) {
    if (present.has(kernel.kernelName)) continue;
    tf.registerKernel({ ...kernel, backendName, kernelFunc: onJavaScriptBackend(kernel.kernelFunc) });
  }
}

/** The JavaScript kernel of this name, for tensors of another backend. */
export function javascriptKernel(kernelName: string): KernelFunc {
  const kernel = tf.getKernelsForBackend("cpu").find((one) => one.kernelName === kernelName);
  if (kernel === undefined) throw new Error(`There is no JavaScript kernel ${kernelName}.`);
  return onJavaScriptBackend(kernel.kernelFunc);
}

function onJavaScriptBackend(kernel: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const own = backend as Values;
    const cpu = tf.findBackend("cpu") as tf.KernelBackend & { firstUse: boolean };
    // Else it would advise the program to install what it is already using.
    cpu.firstUse = false;
    const copies: tf.TensorInfo[] = [];
    const toCpu = (info: tf.TensorInfo): tf.TensorInfo => {
      const values = own.readSync(info.dataId);
      const copy =
        info.dtype === "complex64" ? complex(cpu, info, values as Float32Array) : written(cpu, info, values);
      copies.push(copy);
      return copy;
    };
    const toOwn = (info: tf.TensorInfo): tf.TensorInfo => {
      copies.push(info);
      return written(own, info, cpu.readSync(info.dataId));
    };
    const moved: tf.NamedTensorInfoMap = {};
    for (const [name, input] of Object.entries(inputs)) {
      const value: tf.TensorInfo | tf.TensorInfo[] | undefined = input;
      if (value !== undefined && value !== null)
        moved[name] = (Array.isArray(value) ? value.map(toCpu) : toCpu(value)) as tf.TensorInfo;
    }
    const cpuInputs = Array.isArray(inputs)
      ? (Object.values(moved) as unknown as tf.NamedTensorInfoMap)
      : moved;
    const output = kernel({ inputs: cpuInputs, backend: cpu, attrs: attrs ?? {} });
    const result = Array.isArray(output) ? output.map(toOwn) : toOwn(output);
    for (const copy of copies) cpu.disposeData(copy.dataId, true);
    return result;
  };
}

function written(
  backend: Values,
  { shape, dtype }: tf.TensorInfo,
  values: tf.backend_util.BackendValues,
): tf.TensorInfo {
  return { shape, dtype, dataId: backend.write(values, shape, dtype) };
}

/** The JavaScript backend keeps the two parts of complex numbers apart. */
function complex(cpu: tf.KernelBackend, { shape }: tf.TensorInfo, values: Float32Array): tf.TensorInfo {
  const parts = tf.backend_util.splitRealAndImagArrays(values);
  const part = (data: Float32Array): tf.TensorInfo =>
    written(cpu, { shape, dtype: "float32", dataId: {} }, data);
  const [real, imag] = [part(parts.real), part(parts.imag)];
  const whole = tf
    .getKernel("Complex", "cpu")
    .kernelFunc({ inputs: { real, imag }, backend: cpu, attrs: {} });
  for (const { dataId } of [real, imag]) cpu.disposeData(dataId, true);
  return whole as tf.TensorInfo;
}
