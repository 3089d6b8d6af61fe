/**
 * Checks compiled ahead of time, by the names of `AHEAD_OF_TIME`: whether a value has the schema's shape, without a
 * word on why not. Empty in the sources: the build writes the compiled ones over this file's output.
 */
export const VALIDATORS: Readonly<Record<string, (value: unknown) => boolean>> = {};
