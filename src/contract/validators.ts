import type { ValidateFunction } from "ajv";

/**
 * Validators compiled ahead of time, by the names of `AHEAD_OF_TIME`. Empty in the sources: the build writes the
 * compiled ones over this file's output, and without them schemas are compiled when they are first used.
 */
export const VALIDATORS: Readonly<Record<string, ValidateFunction>> = {};
