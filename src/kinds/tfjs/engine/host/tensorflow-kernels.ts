import { loadAddon } from "./addon.js";
import { ALLOWED_OPS } from "./allowed-ops.js";
import { declaredBytesOf } from "./declared-bytes.js";
import type { Kernels } from "./kernels.js";

/** TensorFlow's own ops, by tfjs-node's addon in the file that the environment names. */
export function loadTensorflow(): Kernels {
  const file = process.env["FROSTLINE_TF_ADDON"];
  if (file === undefined) throw new Error("There is no TensorFlow.");
  return {
    backend: "tensorflow",
    addon: loadAddon(file),
    allowed: ALLOWED_OPS,
    declaredBytes: declaredBytesOf,
  };
}
