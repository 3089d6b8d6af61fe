import { basename } from "node:path";

/** Archives students send. Only zip is opened; the others are named so that they are refused, not overlooked. */
const ARCHIVE = /\.(?:zip|rar|7z|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$/i;

export function isArchiveName(name: string): boolean {
  return ARCHIVE.test(name);
}

/** The name of the folder, or of the archive without its ending: the only identity a submission has. */
export function submissionId(path: string): string {
  return basename(path).replace(ARCHIVE, "");
}
