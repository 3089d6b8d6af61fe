import * as tf from "@tensorflow/tfjs";
import type { Json } from "../../contract/index.js";
import { booleanAt, listAt, numberAt, stringAt, valueAt } from "../json-access.js";
import { indexParts, operationOf, rangeOver } from "../network/operation.js";
import { activationNamed } from "./activations.js";
import { constant, type LayerFunction, type LayerInputs } from "./computation.js";

type Combine = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const BINARY: Readonly<Record<string, Combine>> = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  true_divide: (a, b) => tf.div(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  power: (a, b) => tf.pow(a, b),
};

const UNARY: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  negative: (x) => tf.neg(x),
  square: (x) => tf.square(x),
  sqrt: (x) => tf.sqrt(x),
  abs: (x) => tf.abs(x),
  exp: (x) => tf.exp(x),
  log: (x) => tf.log(x),
  identity: (x) => x,
};

/** An operation that was applied to tensors directly, such as the arithmetic of `preprocess_input`. */
export const operation: LayerFunction = (layer) => {
  const { node, call, inputs, refuse, runtime } = layer;
  const { name, operands, options } = operationOf(node, call);
  const values = operands.map((operand) =>
    "tensor" in operand
      ? (inputs[operand.tensor] ?? refuse("it reads a value that does not exist"))
      : operand.constant,
  );
  const tensors = values.map((value) => (value instanceof tf.Tensor ? value : constantOrNull(value)));
  const [first, second] = tensors;
  if (!first) return refuse("its first operand is missing");
  const binary = Object.hasOwn(BINARY, name) ? BINARY[name] : undefined;
  if (binary) return second ? binary(first, second) : refuse("its second operand is missing");
  const unary = (Object.hasOwn(UNARY, name) ? UNARY[name] : undefined) ?? activationNamed(name, runtime);
  if (unary) return unary(first);
  const axis = numberAt(options, "axis") ?? -1;
  const several = tensors.filter((tensor) => tensor !== null);
  switch (name) {
    case "get_item":
      return indexed(layer, first, values.find((value) => !(value instanceof tf.Tensor)) as Json | undefined);
    case "stack":
      return tf.stack(several, axis < 0 ? axis + first.rank + 1 : axis);
    case "concatenate":
      return tf.concat(several, (axis + first.rank) % first.rank);
    case "mean":
      return tf.mean(first, axes(valueAt(options, "axis")), booleanAt(options, "keepdims") === true);
    case "max":
      return tf.max(first, axes(valueAt(options, "axis")), booleanAt(options, "keepdims") === true);
    case "sum":
      return tf.sum(first, axes(valueAt(options, "axis")), booleanAt(options, "keepdims") === true);
    case "reshape":
      return tf.reshape(first, [first.shape[0] ?? 1, ...listAt(options, "newshape").slice(1).map(Number)]);
    case "expand_dims":
      return tf.expandDims(first, axis < 0 ? axis + first.rank + 1 : axis);
    case "squeeze":
      return tf.squeeze(first, [(axis + first.rank) % first.rank]);
    case "cast":
      // Everything here is float32, which is what Keras computes in unless told otherwise.
      return stringAt(options, "dtype") === "float32" ? first : refuse("it changes the type of values");
    case "clip": {
      const [low, high] = [numberAt(options, "x_min"), numberAt(options, "x_max")];
      return low === null || high === null
        ? refuse("its limits cannot be read")
        : tf.clipByValue(first, low, high);
    }
    default:
      return refuse("it is an operation that is not known here");
  }
};

function constantOrNull(value: Json): tf.Tensor | null {
  if (typeof value === "number") return tf.scalar(value);
  return Array.isArray(value) && isNumeric(value) ? constant(value) : null;
}

const isNumeric = (value: Json): boolean =>
  typeof value === "number" || (Array.isArray(value) && value.length > 0 && value.every(isNumeric));

const axes = (value: Json): number[] | undefined =>
  value === null ? undefined : (Array.isArray(value) ? value : [value]).map(Number);

function indexed({ refuse }: LayerInputs, x: tf.Tensor, key: Json | undefined): tf.Tensor {
  const parts = key === undefined ? null : indexParts(key, x.rank);
  if (!parts) return refuse("its index cannot be read");
  const begin = x.shape.map(() => 0);
  const size = [...x.shape];
  const reversed: number[] = [];
  const dropped: number[] = [];
  for (const [axis, part] of parts.entries()) {
    const length = x.shape[axis] ?? 0;
    if (part.kind === "at") {
      begin[axis] = (part.index + length) % length;
      size[axis] = 1;
      dropped.push(axis);
    } else if (part.kind === "range") {
      if (Math.abs(part.step) !== 1) return refuse("it leaves out values in between");
      const { first, count } = rangeOver(part, length);
      begin[axis] = part.step > 0 ? first : first - count + 1;
      size[axis] = count;
      if (part.step < 0) reversed.push(axis);
    }
  }
  const cut = tf.slice(x, begin, size);
  const turned = reversed.length > 0 ? tf.reverse(cut, reversed) : cut;
  return dropped.length > 0 ? tf.squeeze(turned, dropped) : turned;
}
