import { type Static, Type } from "@sinclair/typebox";

export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** A tensor's shape; null for a dimension that is not fixed, such as the batch. */
export const Shape = Type.Array(Type.Union([Type.Integer(), Type.Null()]));
export type Shape = Static<typeof Shape>;

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = Type.String({ pattern: "^[0-9a-f]{64}$" });
