import { type Static, Type } from "@sinclair/typebox";
import { Nullable, Sha256, Shape } from "./shape.js";

const Paths = Type.Array(Type.String());

/** A weight whose bytes were kept after a fit. */
const MovedWeight = Type.Object({
  path: Type.String(),
  sha256: Sha256,
  /** Largest difference among 64 of its values to before the fit; null where nothing is known of before. */
  drift: Nullable(Type.Number()),
});

/** One call of `fit`, with the `compile` it ran under, as the student's process told it. Origin: claimed. */
export const Phase = Type.Object({
  /** Name of the fitted model and whether it is the whole network or a head on features of the base. */
  model: Type.String(),
  role: Type.Union([Type.Literal("whole"), Type.Literal("head")]),
  optimizer: Type.String(),
  /** What else it was made with, such as momentum or weight decay; left out where that was not told. */
  optimizerSettings: Type.Optional(
    Type.Record(Type.String(), Nullable(Type.Union([Type.Boolean(), Type.Number(), Type.String()]))),
  ),
  learningRate: Nullable(Type.Object({ first: Type.Number(), last: Type.Number() })),
  loss: Nullable(Type.String()),
  fromLogits: Nullable(Type.Boolean()),
  metrics: Type.Array(Type.String()),
  /** Compiled since the fit before; null for the first. */
  recompiled: Nullable(Type.Boolean()),
  /** Weight paths that the flags declared trainable when fit began. */
  declared: Paths,
  /** Weight paths that fit really handed to the optimizer. */
  trained: Paths,
  /** Weight paths declared trainable at the compile it ran under. */
  declaredAtCompile: Nullable(Paths),
  /** Weight paths whose bytes differ after fit. Null where weights were not digested. */
  changed: Nullable(Paths),
  /** What the bytes kept after it show to have moved; null where they were too large to keep, left out where none are. */
  moved: Type.Optional(Nullable(Type.Array(MovedWeight))),
  /** Base weights when the first fit began, and those of them that equal the checkpoint. */
  begun: Type.Optional(Type.Object({ compared: Type.Integer(), identical: Type.Integer() })),
  /** All weight paths of the fitted model, in order. */
  weights: Paths,
  epochs: Type.Object({ asked: Type.Integer(), run: Type.Integer() }),
  steps: Nullable(Type.Integer()),
  batchSize: Nullable(Type.Integer()),
  samples: Nullable(Type.Integer()),
  inputShape: Nullable(Shape),
  validation: Type.Union([
    Type.Literal("data"),
    Type.Literal("split"),
    Type.Literal("none"),
    Type.Literal("unknown"),
  ]),
  callbacks: Type.Array(Type.String()),
  augmentation: Nullable(Type.String()),
  /** Per-epoch values by name: loss, accuracy, val_loss, val_accuracy. */
  history: Type.Record(Type.String(), Type.Array(Type.Number())),
  /** Stopped by Frostline's own budget of seconds, epochs or steps. */
  cutShort: Nullable(Type.String()),
});
export type Phase = Static<typeof Phase>;
