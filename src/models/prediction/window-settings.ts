import type * as tf from "@tensorflow/tfjs";
import { numbersAt, stringAt } from "../json-access.js";
import type { LayerInputs } from "./computation.js";

export type Padding = "valid" | "same";
export type Pair = [number, number];

/** How a window treats the border. */
export function padding({ config, refuse }: LayerInputs): Padding {
  const given = stringAt(config, "padding") ?? "valid";
  return given === "same" || given === "valid" ? given : refuse(`its padding is ${given}`);
}

/** A setting for height and width. */
export function pair({ config, refuse }: LayerInputs, key: string, otherwise?: Pair): Pair {
  const numbers = numbersAt(config, key, 2);
  if (numbers) return [numbers[0] ?? 1, numbers[1] ?? 1];
  return otherwise ?? refuse(`its ${key} is missing`);
}

export function requireChannelsLast({ config, refuse }: LayerInputs): void {
  if (stringAt(config, "data_format") === "channels_first") refuse("its channels come first");
}

export const image = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;
