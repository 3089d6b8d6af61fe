import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node/dist/register_all_kernels.js";
import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding.js";
import type { NativeBinding } from "./native-binding.js";

const BACKEND = "tensorflow";

/** Registers and selects tfjs-node's own backend on top of the bridged addon. */
export function installBackend(binding: NativeBinding): NodeJSKernelBackend {
  const backend = new NodeJSKernelBackend(binding as unknown as TFJSBinding, "@tensorflow/tfjs-node");
  tf.registerBackend(BACKEND, () => backend, 3);
  keepIntegersWhenRounding();
  fillMissingKernels();
  tf.setBackend(BACKEND);
  return backend;
}

/** TensorFlow 2.21 answers zeros for Round of int32, silently. */
function keepIntegersWhenRounding(): void {
  const round = tf.getKernel("Round", BACKEND);
  tf.unregisterKernel("Round", BACKEND);
  tf.registerKernel({
    ...round,
    kernelFunc: (call) => {
      const x = call.inputs["x"] as tf.Tensor;
      return x.dtype === "int32" ? x.clone() : round.kernelFunc(call);
    },
  });
}

/** Kernels that tfjs-node lacks (image rotation, sparse ops, bit operations) run on the JavaScript backend. */
function fillMissingKernels(): void {
  const present = new Set(tf.getKernelsForBackend(BACKEND).map((kernel) => kernel.kernelName));
  for (const kernel of tf.getKernelsForBackend("cpu")) {
    if (present.has(kernel.kernelName)) continue;
    tf.registerKernel({
      ...kernel,
      backendName: BACKEND,
      kernelFunc: onJavaScriptBackend(kernel.kernelFunc),
    });
  }
}

type KernelFunc = tf.KernelConfig["kernelFunc"];

function onJavaScriptBackend(kernel: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const native = backend as NodeJSKernelBackend;
    const cpu = tf.findBackend("cpu") as unknown as NodeJSKernelBackend & { firstUse: boolean };
    // Else it would advise the program to install what it is already using.
    cpu.firstUse = false;
    const copies: tf.TensorInfo[] = [];
    const toCpu = (info: tf.TensorInfo): tf.TensorInfo => {
      const values = native.readSync(info.dataId);
      const copy = { ...tensorInfo(info), dataId: cpu.write(values, info.shape, info.dtype) };
      copies.push(copy);
      return copy;
    };
    const toNative = (info: tf.TensorInfo): tf.TensorInfo => {
      copies.push(info);
      const values = cpu.readSync(info.dataId);
      return { ...tensorInfo(info), dataId: native.write(values, info.shape, info.dtype) };
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
    const result = Array.isArray(output) ? output.map(toNative) : toNative(output);
    for (const copy of copies) cpu.disposeData(copy.dataId, true);
    return result;
  };
}

function tensorInfo({ shape, dtype }: tf.TensorInfo): Pick<tf.TensorInfo, "shape" | "dtype"> {
  return { shape, dtype };
}
