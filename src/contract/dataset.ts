import { type Static, Type } from "@sinclair/typebox";
import { Sha256 } from "./shape.js";

export const SplitName = Type.Union([
  Type.Literal("train"),
  Type.Literal("validation"),
  Type.Literal("hidden"),
  Type.Literal("shifted"),
]);
export type SplitName = Static<typeof SplitName>;

/**
 * A data set (`dataset.json`). Files lie beside it as `<split>/<class>/<file>`; a jail sees `train` and
 * `validation` only, and `hidden` and `shifted` without names or labels.
 */
export const Dataset = Type.Object({
  name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]*$" }),
  title: Type.String(),
  /** In the order of the model's outputs: alphabetical by folder name. */
  classes: Type.Array(Type.String(), { minItems: 2 }),
  image: Type.Object({ width: Type.Integer(), height: Type.Integer(), channels: Type.Integer() }),
  licence: Type.String(),
  source: Type.String(),
  split: Type.Object({ rule: Type.String(), seed: Type.Integer() }),
  counts: Type.Record(Type.String(), Type.Record(Type.String(), Type.Integer())),
  files: Type.Array(Type.Object({ path: Type.String(), sha256: Sha256 })),
});
export type Dataset = Static<typeof Dataset>;
