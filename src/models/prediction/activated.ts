import type * as tf from "@tensorflow/tfjs";
import { classNameOf, valueAt } from "../json-access.js";
import { activationNamed } from "./activations.js";
import type { LayerInputs } from "./computation.js";

/** Applies the activation of a layer's configuration; none is the identity. */
export function activated({ config, runtime, refuse }: LayerInputs, x: tf.Tensor): tf.Tensor {
  const name = classNameOf(valueAt(config, "activation"));
  if (name === null || name === "linear") return x;
  const activation = activationNamed(name, runtime);
  return activation ? activation(x) : refuse(`its activation ${name} is not known here`);
}
