import { Type } from "@sinclair/typebox";
import { Nullable } from "../contract/index.js";

/** Why Frostline stopped a fit before its time; null if it did not. */
export const StopReason = Nullable(
  Type.Union([
    Type.Literal("seconds"),
    Type.Literal("epochs"),
    Type.Literal("steps"),
    Type.Literal("samples"),
    Type.Literal("structure"),
  ]),
);
