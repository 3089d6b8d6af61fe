import * as tf from "@tensorflow/tfjs";
import type { Runtime } from "../../contract/index.js";
import { snakeCase } from "../snake-case.js";

type Activation = (x: tf.Tensor, runtime: Runtime) => tf.Tensor;

const halfAtZero = (x: tf.Tensor): tf.Tensor => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1);
const relu6Gate = (x: tf.Tensor): tf.Tensor => tf.div(tf.relu6(tf.add(x, 3)), 6);

// Keras 3 changed hard_sigmoid and the slope of leaky_relu; a model keeps the meaning it was trained with.
const hardSigmoid: Activation = (x, runtime) => (runtime === "keras-3" ? relu6Gate(x) : halfAtZero(x));
const hardSwish: Activation = (x) => tf.mul(x, relu6Gate(x));
const swish: Activation = (x) => tf.mul(x, tf.sigmoid(x));

function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1));
}

function celu(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.minimum(tf.sub(tf.exp(x), 1), 0));
}

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  leaky_relu: (x) => tf.leakyRelu(x, 0.2),
  elu: (x) => tf.elu(x),
  celu,
  selu: (x) => tf.selu(x),
  gelu,
  sigmoid: (x) => tf.sigmoid(x),
  hard_sigmoid: hardSigmoid,
  tanh: (x) => tf.tanh(x),
  softmax: (x) => tf.softmax(x),
  log_softmax: (x) => tf.logSoftmax(x),
  swish,
  silu: swish,
  hard_swish: hardSwish,
  hard_silu: hardSwish,
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  exponential: (x) => tf.exp(x),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
};

/** The activation that Keras or TensorFlow.js calls by this name; null when it is not known here. */
export function activationNamed(name: string, runtime: Runtime): ((x: tf.Tensor) => tf.Tensor) | null {
  const key = snakeCase(name);
  const activation = Object.hasOwn(ACTIVATIONS, key) ? ACTIVATIONS[key] : undefined;
  return activation ? (x) => activation(x, runtime) : null;
}
