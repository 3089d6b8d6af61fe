import { Type } from "@sinclair/typebox";

/** A rate of 0..1. */
export const Rate = (fallback: number, description: string) =>
  Type.Number({ minimum: 0, maximum: 1, default: fallback, description });

/** A number that may be left open. */
export const Bound = (description: string, range: { minimum?: number; maximum?: number } = { minimum: 0 }) =>
  Type.Union([Type.Number(range), Type.Null()], { default: null, description });

/** A phase of training by its number, or the last one. */
export const WhichPhase = (fallback: number | "last") =>
  Type.Union([Type.Integer({ minimum: 1, maximum: 9 }), Type.Literal("last")], {
    default: fallback,
    description: "The phase of training that is judged: its number from 1, or `last`.",
  });

/** How a measured rate is held against a bar. */
export const Compare = Type.Union([Type.Literal("interval"), Type.Literal("point")], {
  default: "interval",
  description:
    "interval: points are lost only when even the favourable bound misses the bar. point: the measured value itself counts.",
});

/** Confidence of the one-sided bounds. */
export const Confidence = Type.Number({
  minimum: 0.5,
  maximum: 0.9999,
  default: 0.95,
  description: "Confidence of each one-sided bound.",
});
