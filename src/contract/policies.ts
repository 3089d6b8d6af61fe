import { type Static, Type } from "@sinclair/typebox";
import { OneOf } from "./one-of.js";

/** A point in time with its zone, ISO 8601; without a zone it would depend on the machine that judges. */
export const Instant = (description: string) =>
  Type.String({
    pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$",
    description,
  });

/** `2026-11-20T23:59:00+01:00` as `2026-11-20 23:59 +01:00`. */
export const readableInstant = (instant: string): string =>
  instant.replace(/^(.{10})T(\d\d:\d\d)[^Z+-]*/, "$1 $2 ");

/** What handing in late costs. It counts only for submissions whose time the teacher gives. */
export const LatePolicy = Type.Object(
  {
    due: Instant("When it was due, with its zone: 2026-11-20T23:59:00+01:00."),
    graceMinutes: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 100_000, description: "Minutes after `due` that cost nothing." }),
    ),
    perDayPercent: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 100,
        description: "Percent of the earned points taken off for each day begun after `due`.",
      }),
    ),
    perDayPoints: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1000, description: "Points taken off for each day begun instead." }),
    ),
    maxDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: "Days after which it costs no more." }),
    ),
    afterMaxDays: Type.Optional(
      OneOf(["same", "zero"], "What is left after `maxDays`: the same as on the last of them, or nothing."),
    ),
  },
  { additionalProperties: false, description: "What handing in late costs." },
);
export type LatePolicy = Static<typeof LatePolicy>;

/**
 * What handing in again costs, and which attempt counts. The cost is taken off submissions whose number of attempts is
 * known: from the teacher, or by their names where `counts` is given.
 */
export const AttemptsPolicy = Type.Object(
  {
    free: Type.Optional(
      Type.Integer({ minimum: 1, description: "Attempts that cost nothing; 1 if left out." }),
    ),
    penaltyPercent: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 100,
        description: "Percent of the earned points taken off for each further attempt.",
      }),
    ),
    max: Type.Optional(Type.Integer({ minimum: 1, description: "Attempts after which one earns nothing." })),
    counts: Type.Optional(
      OneOf(
        ["best", "last"],
        "Which one counts where a student handed in several, called `ana@1`, `ana@2` and so on.",
      ),
    ),
  },
  { additionalProperties: false, description: "What handing in again costs, and which attempt counts." },
);
export type AttemptsPolicy = Static<typeof AttemptsPolicy>;
