import { type Static, Type } from "@sinclair/typebox";
import { OneOf } from "./one-of.js";

/** How far a submission is run. */
export const Depth = OneOf(
  ["audit", "structure", "train"],
  "audit: nothing is executed, and a saved model beside the program is read. structure: the program runs, and each fit tries one row instead of training. train: the program trains within its budget.",
  "train",
);
export type Depth = Static<typeof Depth>;

const budget = (description: string) => Type.Optional(Type.Integer({ minimum: 1, description }));

/** How submissions of an assignment are run; a rubric may set each. Without a number, only the limit of seconds holds. */
export const RunSettings = Type.Object({
  depth: Depth,
  epochs: budget("Epochs after which each fit is stopped."),
  steps: budget("Batches after which each fit is stopped."),
  samples: budget("Images, counted again in every epoch, after which all fits together are stopped."),
  keras: OneOf(
    ["3", "2", "auto"],
    "The Keras that Python programs are run under; auto chooses from the program.",
    "auto",
  ),
  grade: OneOf(
    ["code", "model", "either"],
    "What is graded of a submission: its program, its saved model, or the program if there is one.",
    "either",
  ),
});
export type RunSettings = Static<typeof RunSettings>;
