import * as tf from "@tensorflow/tfjs";
import type { EventOf } from "../../events.js";
import type { RecorderContext } from "./context.js";
import { isLayersModel, type ModelInternals, type Shape, shapesOf } from "./model-internals.js";

type Statistics = EventOf<"predict">["inputs"];
type Provenance = EventOf<"fitStart">["inputsFrom"];

/** Samples looked at to recognise the preprocessing. */
const SAMPLES = 32;

/** The first tensor of what a model is fed: a tensor, an array of them or a dictionary. */
export function firstTensor(fed: unknown): tf.Tensor | undefined {
  if (fed instanceof tf.Tensor) return fed;
  if (typeof fed !== "object" || fed === null) return undefined;
  const [first] = Array.isArray(fed) ? fed : Object.values(fed);
  return first instanceof tf.Tensor ? first : undefined;
}

/** Minimum, maximum and mean per channel of the first samples. */
export function inputStatistics({ host, tensors }: RecorderContext, fed: unknown): Statistics {
  const tensor = firstTensor(fed);
  if (tensor === undefined || tensor.size === 0 || tensor.dtype === "string" || tensor.dtype === "complex64")
    return null;
  return tf.tidy(() => {
    const samples = tensor.shape[0] ?? 1;
    const looked = tensor.rank > 1 && samples > SAMPLES ? tensor.slice(0, SAMPLES) : tensor;
    const { channels } = JSON.parse(tensors.withId(looked, (id) => host.statistics(id)));
    return {
      samples: looked.rank > 1 ? (looked.shape[0] ?? 1) : 1,
      shape: [...tensor.shape],
      dtype: tensor.dtype,
      channels,
    };
  });
}

/** Which model's output the inputs are, followed by the host through ops and bytes, else guessed by shape. */
export function inputOrigin(context: RecorderContext, fed: unknown, model: ModelInternals): Provenance {
  const tensor = firstTensor(fed);
  if (tensor === undefined) return null;
  const found = context.tensors.withId(tensor, (id) => context.host.originOf(id));
  if (found !== undefined) {
    const { model: id, how, share, through } = JSON.parse(found);
    const origin = context.models.get(id);
    if (origin !== undefined && origin !== model)
      return { model: context.models.refGraph(origin, ""), how, share, through };
  }
  return originByShape(context, tensor, model);
}

/** The last resort: a model that predicted before and whose output has as many values as the input has. */
function originByShape(context: RecorderContext, tensor: tf.Tensor, model: ModelInternals): Provenance {
  if (tensor.rank > 3) {
    const channels = tensor.shape.at(-1) ?? 0;
    if (channels <= 4) return null;
  }
  const size = tensor.size / Math.max(1, tensor.shape[0] ?? 1);
  for (const id of [...context.predicted].reverse()) {
    const candidate = context.models.get(id);
    if (!isLayersModel(candidate) || candidate === model) continue;
    const { outputShape } = shapesOf(candidate);
    if (outputShape !== null && outputShape.length > 1 && sizeOf(outputShape) === size)
      return { model: context.models.ref(candidate), how: "shape", share: 1, through: [] };
  }
  return null;
}

function sizeOf(shape: Shape): number {
  return shape.slice(1).reduce<number>((size, length) => size * (length ?? Number.NaN), 1);
}
