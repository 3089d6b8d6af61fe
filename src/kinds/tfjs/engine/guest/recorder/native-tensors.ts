import * as tf from "@tensorflow/tfjs";
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js";

/** Gives the host's number of a tensor, so that the host can look at the bytes itself. */
export interface NativeTensors {
  /** Calls `use` with the tensor's number and returns what it returns. */
  withId<T>(tensor: tf.Tensor, use: (id: number) => T): T;
}

interface BackendInternals {
  tensorMap: { has(dataId: object): boolean };
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
}

/** The two methods are captured now, so that a program cannot put its own in their place later. */
export function createNativeTensors(backend: NodeJSKernelBackend): NativeTensors {
  const internals = backend as unknown as BackendInternals;
  const idsOf = internals.getInputTensorIds.bind(backend);
  const has = internals.tensorMap.has.bind(internals.tensorMap);
  return {
    withId(tensor, use) {
      if (has(tensor.dataId)) return use(idsOf([tensor])[0] as number);
      // It lives on the JavaScript backend: a copy of its values goes over.
      const copy = tf.tensor(tensor.dataSync(), tensor.shape, tensor.dtype);
      try {
        return use(idsOf([copy])[0] as number);
      } finally {
        copy.dispose();
      }
    },
  };
}
