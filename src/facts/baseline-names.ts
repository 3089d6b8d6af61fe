/** The baselines in the words of a sentence. */
export const BASELINES = {
  majority: "always answering the largest class",
  "random-base": "the same base with random weights",
  "linear-probe": "a linear probe on the pretrained base",
} as const;
export type BaselineName = keyof typeof BASELINES;
