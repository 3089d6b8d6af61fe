import { Buffer } from "./facades/buffer.js";
import { dirname, resolve } from "./facades/path.js";
import { decodeUtf8 } from "./globals/text-coding.js";
import type { HostCalls } from "./host-calls.js";

/** An error as Node's fs throws it. */
export class FileError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(code: string, what: string, call: string, path: string) {
    super(`${code}: ${what}, ${call} '${path}'`);
    this.code = code;
    this.path = path;
  }
}

/** Files as the program sees them: the host's, with what the program wrote on top, kept in memory. */
export interface ProgramFiles {
  read(path: string): Buffer;
  write(path: string, bytes: Uint8Array): void;
  makeFolder(path: string): void;
  remove(path: string): void;
  stat(path: string): { kind: "file" | "folder"; bytes: number } | undefined;
  list(path: string): string[];
  /** What the program wrote, by path. */
  written(): ReadonlyMap<string, Uint8Array>;
}

/** @param outputBytes the program may write altogether */
export function createProgramFiles(host: HostCalls, outputBytes: number): ProgramFiles {
  const written = new Map<string, Uint8Array>();
  const folders = new Set<string>();
  let used = 0;

  const madeFolder = (path: string): boolean => {
    if (folders.has(path)) return true;
    return [...written.keys(), ...folders].some((other) => other.startsWith(`${path}/`));
  };
  const stat: ProgramFiles["stat"] = (shown) => {
    const path = resolve(shown);
    const own = written.get(path);
    if (own !== undefined) return { kind: "file", bytes: own.length };
    const found = host.statFile(path);
    if (found !== undefined) return JSON.parse(found);
    return madeFolder(path) ? { kind: "folder", bytes: 0 } : undefined;
  };

  return {
    stat,
    read(shown) {
      const path = resolve(shown);
      const own = written.get(path);
      if (own !== undefined) return Buffer.from(own);
      const kind = stat(path)?.kind;
      if (kind === "folder") throw new FileError("EISDIR", "illegal operation on a directory", "read", shown);
      if (kind === undefined) throw missing("open", shown, path);
      const bytes = host.readFile(path);
      if (typeof bytes === "string") throw new FileError("EIO", bytes, "read", shown);
      return Buffer.from(bytes);
    },
    write(shown, bytes) {
      const path = resolve(shown);
      if (stat(dirname(path))?.kind !== "folder") throw missing("open", shown, path);
      used += bytes.length - (written.get(path)?.length ?? 0);
      if (used > outputBytes)
        throw new FileError("ENOSPC", `no more than ${outputBytes} bytes can be written`, "write", shown);
      written.set(path, bytes.slice());
    },
    makeFolder(shown) {
      folders.add(resolve(shown));
    },
    remove(shown) {
      const path = resolve(shown);
      const own = written.get(path);
      if (own === undefined && !folders.delete(path))
        throw stat(path) === undefined
          ? missing("unlink", shown, path)
          : new FileError("EROFS", "what was handed in and the data cannot be changed", "unlink", shown);
      used -= own?.length ?? 0;
      written.delete(path);
    },
    list(shown) {
      const path = resolve(shown);
      const found = host.listFolder(path);
      if (found === undefined && !madeFolder(path)) throw missing("scandir", shown, path);
      const names = new Set<string>(found === undefined ? [] : JSON.parse(found));
      for (const other of [...written.keys(), ...folders])
        if (other.startsWith(`${path}/`)) names.add(other.slice(path.length + 1).split("/")[0] as string);
      return [...names].sort();
    },
    written: () => written,
  };
}

function missing(call: string, shown: string, path: string): FileError {
  const outside = path !== "/submission" && !path.startsWith("/submission/");
  const hint = outside ? " (a program sees only its own folder and the assignment's data in ./data)" : "";
  return new FileError("ENOENT", `no such file or directory${hint}`, call, shown);
}

/** A file's text. */
export function readText(files: ProgramFiles, path: string): string {
  return decodeUtf8(files.read(path));
}
