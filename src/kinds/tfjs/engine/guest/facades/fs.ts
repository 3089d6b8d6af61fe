import type { ProgramFiles } from "../program-files.js";
import { FileError } from "../program-files.js";
import { Buffer } from "./buffer.js";
import { join, resolve } from "./path.js";

type Callback = (error: unknown, value?: unknown) => void;
type Call = (...args: never[]) => unknown;

let connected: ProgramFiles | undefined;

/** Connects the facade to the files of this run. */
export function connectFiles(files: ProgramFiles): void {
  connected = files;
}

function files(): ProgramFiles {
  if (connected === undefined) throw new Error("Files are not available yet.");
  return connected;
}

function toPath(path: unknown): string {
  if (typeof path === "string") return path;
  if (path instanceof Uint8Array) return Buffer.from(path).toString();
  const address = typeof path === "object" && path !== null ? String(path) : "";
  if (address.startsWith("file://")) return decodeURIComponent(address.slice(7));
  throw new TypeError(`The "path" argument must be of type string. Received ${typeof path}`);
}

function encodingOf(options: unknown): string | undefined {
  const encoding =
    typeof options === "object" && options !== null ? Reflect.get(options, "encoding") : options;
  return typeof encoding === "string" && encoding !== "buffer" ? encoding : undefined;
}

function option(options: unknown, name: string): boolean {
  return typeof options === "object" && options !== null && Boolean(Reflect.get(options, name));
}

function toBytes(data: unknown, options: unknown): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, encodingOf(options));
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError(
    'The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView.',
  );
}

function describe(path: string): object {
  const found = files().stat(path);
  if (found === undefined) throw new FileError("ENOENT", "no such file or directory", "stat", path);
  return {
    size: found.bytes,
    mtime: new Date(0),
    mtimeMs: 0,
    isFile: () => found.kind === "file",
    isDirectory: () => found.kind === "folder",
    isSymbolicLink: () => false,
  };
}

function entry(folder: string, name: string): object {
  const kind = files().stat(join(folder, name))?.kind;
  return {
    name,
    path: folder,
    parentPath: folder,
    isFile: () => kind === "file",
    isDirectory: () => kind === "folder",
    isSymbolicLink: () => false,
  };
}

function listDeep(folder: string, below = ""): string[] {
  return files()
    .list(join(folder, below))
    .flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      return files().stat(join(folder, path))?.kind === "folder" ? [path, ...listDeep(folder, path)] : [path];
    });
}

const calls = {
  readFile(path: unknown, options?: unknown): Buffer | string {
    const bytes = files().read(toPath(path));
    const encoding = encodingOf(options);
    return encoding === undefined ? bytes : bytes.toString(encoding);
  },
  writeFile(path: unknown, data: unknown, options?: unknown): void {
    files().write(toPath(path), toBytes(data, options));
  },
  appendFile(path: unknown, data: unknown, options?: unknown): void {
    const name = toPath(path);
    const before = files().stat(name) === undefined ? new Uint8Array(0) : files().read(name);
    files().write(name, Buffer.concat([before, toBytes(data, options)]));
  },
  readdir(path: unknown, options?: unknown): unknown[] {
    const folder = toPath(path);
    if (option(options, "recursive")) return listDeep(folder);
    const names = files().list(folder);
    return option(options, "withFileTypes") ? names.map((name) => entry(folder, name)) : names;
  },
  stat: (path: unknown): object => describe(toPath(path)),
  lstat: (path: unknown): object => describe(toPath(path)),
  access: (path: unknown): void => void describe(toPath(path)),
  realpath: (path: unknown): string => resolve(toPath(path)),
  mkdir(path: unknown, options?: unknown): void {
    const folder = toPath(path);
    if (files().stat(folder) === undefined) files().makeFolder(folder);
    else if (!option(options, "recursive"))
      throw new FileError("EEXIST", "file already exists", "mkdir", folder);
  },
  unlink: (path: unknown): void => files().remove(toPath(path)),
  rmdir: (path: unknown): void => files().remove(toPath(path)),
  rm(path: unknown, options?: unknown): void {
    const name = toPath(path);
    const below = `${resolve(name)}/`;
    for (const file of [...files().written().keys()]) if (file.startsWith(below)) files().remove(file);
    const stillThere = files().stat(name) !== undefined;
    if (stillThere || !(option(options, "force") || option(options, "recursive"))) files().remove(name);
  },
  copyFile(from: unknown, to: unknown): void {
    files().write(toPath(to), files().read(toPath(from)));
  },
  rename(from: unknown, to: unknown): void {
    const bytes = files().read(toPath(from));
    files().remove(toPath(from));
    files().write(toPath(to), bytes);
  },
};

function withPromise(call: Call): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => call(...(args as never[]));
}

function withCallback(call: Call): (...args: unknown[]) => void {
  return (...args) => {
    const callback = args.at(-1);
    if (typeof callback !== "function") throw new TypeError('The "cb" argument must be of type function.');
    withPromise(call)(...args.slice(0, -1)).then(
      (value) => (callback as Callback)(null, value),
      (error: unknown) => (callback as Callback)(error),
    );
  };
}

function mapped(wrap: (call: Call) => unknown, suffix = ""): Record<string, unknown> {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name + suffix, wrap(call as Call)]));
}

const existsSync = (path: unknown): boolean => files().stat(toPath(path)) !== undefined;

export const promises = mapped(withPromise);
const callbacks = mapped(withCallback);
const synchronous = mapped((call) => call, "Sync");
const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 };

// tfjs-node's file handler takes these four by name.
export const readFile = callbacks["readFile"];
export const writeFile = callbacks["writeFile"];
export const stat = callbacks["stat"];
export const mkdir = callbacks["mkdir"];

/** Node's `fs`: synchronous, with callbacks and, under `promises`, with promises. */
export const fs: Record<string, unknown> = { ...callbacks, ...synchronous, existsSync, promises, constants };

/** The package `fs-extra`: fs with promises where no callback is given, and its usual additions. */
export const fsExtra: Record<string, unknown> = {
  ...fs,
  ...mapped(
    (call) =>
      (...args: unknown[]) =>
        typeof args.at(-1) === "function" ? withCallback(call)(...args) : withPromise(call)(...args),
  ),
  pathExists: async (path: unknown) => existsSync(path),
  pathExistsSync: existsSync,
  ensureDir: async (path: unknown) => calls.mkdir(path, { recursive: true }),
  ensureDirSync: (path: unknown) => calls.mkdir(path, { recursive: true }),
  readJson: async (path: unknown) => JSON.parse(String(calls.readFile(path, "utf8"))),
  readJsonSync: (path: unknown) => JSON.parse(String(calls.readFile(path, "utf8"))),
  writeJson: async (path: unknown, value: unknown) => calls.writeFile(path, JSON.stringify(value)),
  writeJsonSync: (path: unknown, value: unknown) => calls.writeFile(path, JSON.stringify(value)),
  remove: async (path: unknown) => calls.rm(path, { recursive: true, force: true }),
  removeSync: (path: unknown) => calls.rm(path, { recursive: true, force: true }),
};
