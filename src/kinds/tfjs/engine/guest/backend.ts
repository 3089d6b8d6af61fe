import type * as tf from "@tensorflow/tfjs";
import type { GuestSettings } from "./host-calls.js";
import type { NativeBinding } from "./native-binding.js";
import { installTensorflow } from "./tensorflow-backend.js";
import { installWasm } from "./wasm-backend.js";

/** The host's numbers of tensors. */
export interface TensorIds {
  /** Undefined for a tensor that the host does not hold. */
  idOf(tensor: tf.Tensor): number | undefined;
}

/** Registers and selects the backend whose ops the host runs. */
export function installBackend(name: GuestSettings["backend"], binding: NativeBinding): TensorIds {
  return name === "tensorflow" ? installTensorflow(binding) : installWasm(binding);
}
