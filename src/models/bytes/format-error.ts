import { unreadable } from "../model-problem.js";

/** What is wrong with an archive or an HDF5 file; `message` completes the sentence "... cannot be read: ". */
export class FormatError extends Error {
  constructor(why: string) {
    super(why);
    this.name = "FormatError";
  }
}

/**
 * What `read` gives; a format error becomes the problem of the file of that name.
 * @throws ModelProblem `model-unreadable`
 */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof FormatError ? unreadable(file, error.message, error) : error;
  }
}
