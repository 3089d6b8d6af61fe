import * as tf from "@tensorflow/tfjs";
import type { TensorIds } from "../backend.js";

/** Gives the host's number of a tensor, so that the host can look at the bytes itself. */
export interface NativeTensors {
  /** Calls `use` with the tensor's number and returns what it returns. */
  withId<T>(tensor: tf.Tensor, use: (id: number) => T): T;
}

export function createNativeTensors({ idOf }: TensorIds): NativeTensors {
  return {
    withId(tensor, use) {
      const id = idOf(tensor);
      if (id !== undefined) return use(id);
      // It lives on the JavaScript backend: a copy of its values goes over.
      const copy = tf.tensor(tensor.dataSync(), tensor.shape, tensor.dtype);
      try {
        const copied = idOf(copy);
        if (copied === undefined) throw new Error(`A tensor of ${tensor.dtype} cannot be written.`);
        return use(copied);
      } finally {
        copy.dispose();
      }
    },
  };
}
