import type { Preprocessing } from "../../contract/index.js";
import { type ChannelRange, recogniseStep } from "../recognise-step.js";

/** What was done to images, by the range that came out: a known step, else the one that gives this range. */
export function stepOfRange(channels: readonly ChannelRange[]): Preprocessing | null {
  if (channels.length !== 3) return null;
  const known = recogniseStep(channels);
  if (known) return known;
  const [low, high] = [
    Math.min(...channels.map(({ min }) => min)),
    Math.max(...channels.map(({ max }) => max)),
  ];
  return {
    name: `values from ${Number(low.toPrecision(3))} to ${Number(high.toPrecision(3))}`,
    scale: channels.map(({ min, max }) => (max - min) / 255),
    offset: channels.map(({ min }) => min),
    channels: "rgb",
  };
}
