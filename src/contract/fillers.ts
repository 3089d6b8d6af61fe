/**
 * Checks compiled ahead of time that also fill in defaults, by their schemas' text: the options of every grader. Empty
 * in the sources: the build writes the compiled ones over this file's output.
 */
export const FILLERS: Readonly<Record<string, (value: unknown) => boolean>> = {};
