import type { Preprocessing } from "../../src/contract/index.js";

/** What a black and a white pixel become in one channel. */
export interface ChannelRange {
  black: number;
  white: number;
}

type Step = Pick<Preprocessing, "scale" | "offset">;

/**
 * The range of each of three channels after the steps in turn.
 * @throws RangeError for a step with neither one number nor three.
 */
export function pixelRange(steps: readonly Step[]): ChannelRange[] {
  return [0, 1, 2].map((channel) =>
    steps.reduce<ChannelRange>(
      ({ black, white }, { scale, offset }) => {
        const [factor, shift] = [ofChannel(scale, channel), ofChannel(offset, channel)];
        return { black: black * factor + shift, white: white * factor + shift };
      },
      { black: 0, white: 255 },
    ),
  );
}

/** How far one range is from another at worst, as a share of the wanted width. */
export function farthest(got: readonly ChannelRange[], want: readonly ChannelRange[]): number {
  const shares = want.map(({ black, white }, channel) => {
    const one = got[channel] as ChannelRange;
    return Math.max(Math.abs(one.black - black), Math.abs(one.white - white)) / Math.abs(white - black);
  });
  return Math.max(...shares);
}

/** One number stands for all channels. */
function ofChannel(values: readonly number[], channel: number): number {
  const value = values.length === 1 ? values[0] : values[channel];
  if (value === undefined)
    throw new RangeError(`Expected one number or one a channel, got ${values.length}.`);
  return value;
}
