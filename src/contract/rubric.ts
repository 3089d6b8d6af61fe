import { type Static, Type } from "@sinclair/typebox";
import { Limits } from "./limits.js";
import { OneOf } from "./one-of.js";
import { AttemptsPolicy, LatePolicy } from "./policies.js";
import { RunSettings } from "./run-settings.js";

const Id = Type.String({ pattern: "^[a-z][a-z0-9-]*$" });

/** One line of a rubric: which grader, how many points, which thresholds. */
export const RubricItem = Type.Object(
  {
    /** Unique in the rubric; the grader's id unless the same grader is used twice. */
    id: Type.Optional(Id),
    grader: Type.String(),
    points: Type.Number({ minimum: 0, maximum: 1000 }),
    title: Type.Optional(Type.String({ maxLength: 120 })),
    options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** Left out for an item that counts towards the possible points. */
    kind: Type.Optional(
      OneOf(
        ["bonus", "penalty"],
        "bonus: its points come on top. penalty: its points are taken off when missed.",
      ),
    ),
    group: Type.Optional(Type.String({ description: "Id of the group it belongs to." })),
    trust: Type.Optional(
      OneOf(
        ["proved", "consistent", "claimed"],
        "The weakest proof that earns points; on a weaker one a person decides.",
      ),
    ),
    whenNotApplicable: Type.Optional(
      OneOf(
        ["out-of-sum", "full", "zero"],
        "What the item counts where it does not apply: out of the sum (as if left out), all points, or none.",
      ),
    ),
    requires: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description: "Ids of items that must earn something before this one is judged.",
      }),
    ),
    hidden: Type.Optional(
      Type.Boolean({ description: "Keeps what is asked and what was found from everything a student sees." }),
    ),
  },
  { additionalProperties: false },
);
export type RubricItem = Static<typeof RubricItem>;

/** A part of the assignment with a share of the points of its own. */
export const RubricGroup = Type.Object(
  {
    id: Id,
    title: Type.String({ minLength: 1, maxLength: 120 }),
    weight: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1000,
      description: "Its share of the points, against the other groups' weights.",
    }),
  },
  { additionalProperties: false },
);
export type RubricGroup = Static<typeof RubricGroup>;

/** What an assignment asks for and what it is worth (`rubrics/<id>.json`). */
export const Rubric = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Id,
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
        classes: Type.Optional(
          Type.Object(
            {
              min: Type.Optional(Type.Integer({ minimum: 1 })),
              max: Type.Optional(Type.Integer({ minimum: 1 })),
            },
            { additionalProperties: false, description: "How many classes the data set must have." },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    limits: Type.Optional(Type.Partial(Limits, { additionalProperties: false })),
    total: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 10_000,
        description: "Points in all. With groups they are scaled to it; without, `rubric check` compares.",
      }),
    ),
    groups: Type.Optional(
      Type.Array(RubricGroup, {
        minItems: 1,
        description: "Parts with weights; every counted item names one.",
      }),
    ),
    bonusMax: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1000, description: "Most points that bonus items add in all." }),
    ),
    late: Type.Optional(LatePolicy),
    attempts: Type.Optional(AttemptsPolicy),
    run: Type.Optional(Type.Partial(RunSettings, { additionalProperties: false })),
    items: Type.Array(RubricItem, { minItems: 1 }),
  },
  { additionalProperties: false },
);
export type Rubric = Static<typeof Rubric>;
