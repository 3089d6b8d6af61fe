import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** What the program sees of the file system: its own folder at /submission, the data below it at ./data. */
export interface VisibleFiles {
  read(visible: string): Buffer;
  /** `file`, `folder` or undefined, and the size in bytes. */
  stat(visible: string): { kind: "file" | "folder"; bytes: number } | undefined;
  list(visible: string): string[] | undefined;
}

export const VISIBLE_ROOT = "/submission";
const DATA = `${VISIBLE_ROOT}/data`;
const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** @param roots real folders behind `/submission` and `/submission/data` */
export function createVisibleFiles(roots: { submission: string; data?: string | undefined }): VisibleFiles {
  const submission = realpathSync(roots.submission);
  const data = roots.data === undefined ? undefined : realpathSync(roots.data);

  /** The real path of an existing file inside its root; undefined for everything else, links outside included. */
  const real = (visible: string): string | undefined => {
    const normal = path.posix.resolve(VISIBLE_ROOT, visible);
    const inData = normal === DATA || normal.startsWith(`${DATA}/`);
    const root = inData && data !== undefined ? data : submission;
    if (!inData && normal !== VISIBLE_ROOT && !normal.startsWith(`${VISIBLE_ROOT}/`)) return undefined;
    const prefix = inData && data !== undefined ? DATA : VISIBLE_ROOT;
    try {
      const found = realpathSync(path.join(root, normal.slice(prefix.length)));
      return found === root || found.startsWith(root + path.sep) ? found : undefined;
    } catch {
      return undefined;
    }
  };

  return {
    read(visible) {
      const file = real(visible);
      if (file === undefined) throw new Error("no such file");
      const { size } = statSync(file);
      if (size > MAX_FILE_BYTES) throw new Error(`the file is larger than ${MAX_FILE_BYTES} bytes`);
      return readFileSync(file);
    },
    stat(visible) {
      const file = real(visible);
      if (file === undefined) return undefined;
      const found = statSync(file);
      return { kind: found.isDirectory() ? "folder" : "file", bytes: found.size };
    },
    list(visible) {
      const folder = real(visible);
      if (folder === undefined || !statSync(folder).isDirectory()) return undefined;
      const names = readdirSync(folder);
      const withData = path.posix.resolve(VISIBLE_ROOT, visible) === VISIBLE_ROOT && data !== undefined;
      if (withData && !names.includes("data")) names.push("data");
      return names.sort();
    },
  };
}
