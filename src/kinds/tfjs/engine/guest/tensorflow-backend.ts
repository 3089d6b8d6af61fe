import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node/dist/register_all_kernels.js";
import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding.js";
import type { TensorIds } from "./backend.js";
import { fillMissingKernels } from "./javascript-kernels.js";
import type { NativeBinding } from "./native-binding.js";

const BACKEND = "tensorflow";

interface BackendInternals {
  tensorMap: { has(dataId: object): boolean };
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
}

/** tfjs-node's own backend on top of the bridged addon. */
export function installTensorflow(binding: NativeBinding): TensorIds {
  const backend = new NodeJSKernelBackend(binding as unknown as TFJSBinding, "@tensorflow/tfjs-node");
  tf.registerBackend(BACKEND, () => backend, 3);
  keepIntegersWhenRounding();
  fillMissingKernels(BACKEND);
  tf.setBackend(BACKEND);
  // The two methods are captured now, so that a program cannot put its own in their place later.
  const internals = backend as unknown as BackendInternals;
  const idsOf = internals.getInputTensorIds.bind(backend);
  const has = internals.tensorMap.has.bind(internals.tensorMap);
  return { idOf: (tensor) => (has(tensor.dataId) ? idsOf([tensor])[0] : undefined) };
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
