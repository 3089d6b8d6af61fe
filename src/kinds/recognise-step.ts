import { type Preprocessing, RAW_PIXELS } from "../contract/index.js";

/** The range of what was fed in one channel. */
export interface ChannelRange {
  min: number;
  max: number;
}

const same = (name: string, scale: number, offset: number): Preprocessing => ({
  name,
  scale: [scale],
  offset: [offset],
  channels: "rgb",
});

const TORCH_MEAN = [0.485, 0.456, 0.406];
const TORCH_STD = [0.229, 0.224, 0.225];

/** What programs do to pixels of 0..255 before a network. */
export const KNOWN_STEPS: readonly Preprocessing[] = [
  RAW_PIXELS,
  same("x / 255", 1 / 255, 0),
  same("x / 127.5 - 1", 1 / 127.5, -1),
  same("x / 127 - 1", 1 / 127, -1),
  same("(x - 127) / 128", 1 / 128, -127 / 128),
  {
    name: "caffe (BGR, mean subtracted)",
    scale: [1],
    offset: [-103.939, -116.779, -123.68],
    channels: "bgr",
  },
  {
    name: "torch (mean and deviation of ImageNet)",
    scale: TORCH_STD.map((std) => 1 / (255 * std)),
    offset: TORCH_MEAN.map((mean, channel) => -mean / (TORCH_STD[channel] ?? 1)),
    channels: "rgb",
  },
];

/** A range may pass a candidate's by this share, for interpolation and rounding. */
const TOLERANCE = 0.01;
/** Pictures that cover less than this share of a candidate's range say too little. */
const COVERED = 0.6;

/** The known step that turns pixels of 0..255 into these ranges; null when none explains them. */
export function recogniseStep(channels: readonly ChannelRange[]): Preprocessing | null {
  const scored = KNOWN_STEPS.map((step) => ({ step, misfit: misfit(step, channels) }))
    .filter(({ misfit: value }) => Number.isFinite(value))
    .sort((a, b) => a.misfit - b.misfit);
  return scored[0]?.step ?? null;
}

/** How far the ranges are from those of full-range pictures under this step, as a share; infinite when impossible. */
function misfit(step: Preprocessing, channels: readonly ChannelRange[]): number {
  const parts = channels.map(({ min, max }, channel) => {
    const scale = step.scale[channel] ?? step.scale[0] ?? 1;
    const low = step.offset[channel] ?? step.offset[0] ?? 0;
    const width = 255 * scale;
    const high = low + width;
    const slack = width * TOLERANCE;
    const possible = min >= low - slack && max <= high + slack && max - min >= width * COVERED;
    return possible ? (Math.abs(min - low) + Math.abs(max - high)) / width : Number.POSITIVE_INFINITY;
  });
  return Math.max(...parts);
}
