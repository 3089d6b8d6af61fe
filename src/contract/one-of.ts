import { Type } from "@sinclair/typebox";

/** One of a few words. An enumeration rather than a union, so that a wrong word can be answered with the nearest. */
export const OneOf = <const T extends string>(words: readonly T[], description: string, byDefault?: T) =>
  Type.Unsafe<T>(
    Type.String({
      enum: [...words],
      description,
      ...(byDefault === undefined ? {} : { default: byDefault }),
    }),
  );
