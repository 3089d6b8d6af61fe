import { type Static, Type } from "@sinclair/typebox";
import { Limits } from "./limits.js";

/** One line of a rubric: which grader, how many points, which thresholds. */
export const RubricItem = Type.Object(
  {
    /** Unique in the rubric; the grader's id unless the same grader is used twice. */
    id: Type.Optional(Type.String({ pattern: "^[a-z][a-z0-9-]*$" })),
    grader: Type.String(),
    points: Type.Number({ minimum: 0, maximum: 1000 }),
    title: Type.Optional(Type.String({ maxLength: 120 })),
    options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);
export type RubricItem = Static<typeof RubricItem>;

/** What an assignment asks for and what it is worth (`rubrics/<id>.json`). */
export const Rubric = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({ pattern: "^[a-z][a-z0-9-]*$" }),
    title: Type.String({ minLength: 1, maxLength: 120 }),
    description: Type.Optional(Type.String({ maxLength: 4000 })),
    data: Type.Object(
      {
        /** Name of a data set in the store, with or without `@hash`. */
        dataset: Type.String(),
        /** Names of the bases a submission may load. */
        bases: Type.Array(Type.String()),
        /** Height and width given to models whose input size is free, pixels. */
        imageSize: Type.Optional(Type.Integer({ minimum: 8, maximum: 1024 })),
      },
      { additionalProperties: false },
    ),
    limits: Type.Optional(Type.Partial(Limits, { additionalProperties: false })),
    items: Type.Array(RubricItem, { minItems: 1 }),
  },
  { additionalProperties: false },
);
export type Rubric = Static<typeof Rubric>;
