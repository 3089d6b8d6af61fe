import { type Static, Type } from "@sinclair/typebox";
import { Rubric } from "./rubric.js";
import { Nullable, Sha256 } from "./shape.js";

/** What was asked of a run and with which parts (`run.json`). */
export const Run = Type.Object({
  schema: Type.Literal("frostline/run/1"),
  frostline: Type.String(),
  rubric: Rubric,
  rubricHash: Sha256,
  dataset: Type.String(),
  bases: Type.Array(Type.String()),
  isolation: Type.String(),
  backend: Type.String(),
  stamp: Nullable(Type.String()),
  submissions: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});
export type Run = Static<typeof Run>;
