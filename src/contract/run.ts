import { type Static, Type } from "@sinclair/typebox";
import { Given } from "./given.js";
import { Rubric } from "./rubric.js";
import { Depth } from "./run-settings.js";
import { Nullable, Sha256 } from "./shape.js";

/** What was asked of a run and with which parts (`run.json`). */
export const Run = Type.Object({
  schema: Type.Literal("frostline/run/1"),
  frostline: Type.String(),
  rubric: Rubric,
  rubricHash: Sha256,
  dataset: Type.String(),
  bases: Type.Array(Type.String()),
  /** How far submissions were run, whatever a later rubric says; runs from before it was asked trained. */
  depth: Type.Optional(Depth),
  isolation: Type.String(),
  backend: Type.String(),
  stamp: Nullable(Type.String()),
  submissions: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  given: Type.Optional(Given),
});
export type Run = Static<typeof Run>;

/** Why a run was judged anew (`history/<n>/note.json`); the rubric and the grades it had before lie beside it. */
export const HistoryNote = Type.Object({
  schema: Type.Literal("frostline/history/1"),
  /** In the words of whoever changed the rubric; null when none were given. */
  reason: Nullable(Type.String({ maxLength: 2000 })),
  /** When it was replaced, ISO 8601. */
  at: Type.String(),
});
export type HistoryNote = Static<typeof HistoryNote>;
