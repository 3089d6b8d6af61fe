import { type Static, Type } from "@sinclair/typebox";

/**
 * Where a fact comes from: `measured` by us on hidden data or from the kernel, `parsed` by us from bytes,
 * `claimed` by the student's process or files. Only the first two are proof.
 */
export const Origin = Type.Union([Type.Literal("measured"), Type.Literal("parsed"), Type.Literal("claimed")]);
export type Origin = Static<typeof Origin>;
