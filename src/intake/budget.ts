import { FrostlineFault, type Limits } from "../contract/index.js";
import { printable } from "./safe-path.js";

/** What is left of the limits while files are taken in. */
export interface Budget {
  /** Bytes still allowed in all. */
  readonly bytesLeft: number;
  /** The limit in bytes. */
  readonly byteLimit: number;
  /** @throws FrostlineFault `intake-too-many-files`, `intake-too-large` */
  takeFile(path: string, bytes: number): void;
  /** Folders are capped too, so that a tree of empty ones cannot occupy us. */
  takeFolder(): void;
}

export function openBudget(limits: Pick<Limits, "files" | "submissionMb">): Budget {
  const byteLimit = limits.submissionMb * 2 ** 20;
  let bytesLeft = byteLimit;
  let filesLeft = limits.files;
  let foldersLeft = limits.files;
  const tooMany = () => new FrostlineFault("intake-too-many-files", { limit: limits.files });
  return {
    byteLimit,
    get bytesLeft() {
      return bytesLeft;
    },
    takeFile(path, bytes) {
      filesLeft -= 1;
      if (filesLeft < 0) throw tooMany();
      bytesLeft -= bytes;
      if (bytesLeft < 0)
        throw new FrostlineFault("intake-too-large", {
          file: printable(path),
          bytes: byteLimit - bytesLeft,
          limit: byteLimit,
        });
    },
    takeFolder() {
      foldersLeft -= 1;
      if (foldersLeft < 0) throw tooMany();
    },
  };
}
