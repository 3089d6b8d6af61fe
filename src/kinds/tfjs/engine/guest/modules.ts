import { dirname, extname, resolve } from "./facades/path.js";
import type { HostCalls } from "./host-calls.js";
import { type ProgramFiles, readText } from "./program-files.js";

/** A module of the program while it is, or after it was, evaluated. */
export interface ProgramModule {
  id: string;
  filename: string;
  exports: unknown;
  loaded: boolean;
}

export interface ModuleLoader {
  /** Evaluates the program's first file. The promise settles when it is evaluated, top-level awaits included. */
  runEntry(path: string): { module: ProgramModule; done: Promise<void> | undefined };
}

/** What a package name is answered with; throws where it is not supported. */
export type PackageSource = (name: string) => unknown;

const ENDINGS = ["", ".ts", ".js", ".mjs", ".cjs", ".mts", ".json", "/index.ts", "/index.js", "/index.mjs"];
/** TypeScript lets a program name the file that compiling would give. */
const COMPILED_ENDINGS: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

type Wrapped = (
  exports: unknown,
  require: Require,
  module: ProgramModule,
  filename: string,
  folder: string,
  meta: object,
  dynamicImport: (name: string) => Promise<unknown>,
) => Promise<void> | undefined;

interface Require {
  (name: string): unknown;
  resolve(name: string): string;
  main: ProgramModule | undefined;
  cache: object;
}

/** One module system for everything: ES modules and TypeScript arrive here as CommonJS. */
export function createModuleLoader(
  host: HostCalls,
  files: ProgramFiles,
  packages: PackageSource,
): ModuleLoader {
  const modules = new Map<string, ProgramModule>();
  // Indirect, so that a module sees the globals and nothing of this bundle.
  // biome-ignore lint/security/noGlobalEval: the program is what is evaluated, and the isolate is there for it
  const evaluate = globalThis.eval;
  let main: ProgramModule | undefined;

  const find = (from: string, name: string): string => {
    const wanted = resolve(dirname(from), name.startsWith("file://") ? name.slice(7) : name);
    const compiled = COMPILED_ENDINGS[extname(wanted)];
    const candidates = ENDINGS.map((ending) => wanted + ending);
    if (compiled !== undefined) candidates.push(wanted.slice(0, -extname(wanted).length) + compiled);
    const found = candidates.find((candidate) => files.stat(candidate)?.kind === "file");
    if (found !== undefined) return found;
    throw moduleError(
      `Cannot find module '${name}' from ${shown(from)}. A program can load the files that were handed in with it.`,
    );
  };

  const requireFrom = (from: string): Require => {
    const load = (name: string): unknown => {
      if (typeof name !== "string") throw new TypeError('The "id" argument must be of type string.');
      return isPath(name) ? moduleAt(find(from, name)).exports : packages(name);
    };
    return Object.assign(load, {
      resolve: (name: string) => (isPath(name) ? find(from, name) : name),
      main,
      cache: {},
    });
  };

  const compile = (path: string, mayAwait: boolean): Wrapped => {
    const compiled = JSON.parse(host.compile(path, mayAwait)) as
      | { code: string }
      | { message: string; line: number; column: number };
    if ("code" in compiled) return evaluate(`${compiled.code}\n//# sourceURL=${path}`) as Wrapped;
    const error = new SyntaxError(compiled.message);
    error.stack = `SyntaxError: ${compiled.message}\n    at ${path}:${compiled.line}:${compiled.column}`;
    throw error;
  };

  const evaluateModule = (module: ProgramModule, mayAwait: boolean): Promise<void> | undefined => {
    const { filename } = module;
    const folder = dirname(filename);
    const require = requireFrom(filename);
    const wrapped = compile(filename, mayAwait);
    const meta = { url: `file://${filename}`, filename, dirname: folder, resolve: require.resolve };
    const dynamicImport = async (name: string): Promise<unknown> => namespaceOf(require(name));
    return wrapped.call(
      module.exports,
      module.exports,
      require,
      module,
      filename,
      folder,
      meta,
      dynamicImport,
    );
  };

  const begin = (path: string): ProgramModule => {
    const module: ProgramModule = { id: path, filename: path, exports: {}, loaded: false };
    modules.set(path, module);
    return module;
  };

  const moduleAt = (path: string): ProgramModule => {
    const known = modules.get(path);
    if (known !== undefined) return known;
    const module = begin(path);
    try {
      if (path.endsWith(".json")) module.exports = parseJson(files, path);
      else evaluateModule(module, false);
    } catch (error) {
      modules.delete(path);
      throw error;
    }
    module.loaded = true;
    return module;
  };

  return {
    runEntry(path) {
      const module = begin(resolve(path));
      main = module;
      const done = evaluateModule(module, true);
      module.loaded = done === undefined;
      return { module, done };
    },
  };
}

function isPath(name: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|\/|file:\/\/)/.test(name);
}

function parseJson(files: ProgramFiles, path: string): unknown {
  try {
    return JSON.parse(readText(files, path));
  } catch (error) {
    throw new SyntaxError(`${shown(path)}: ${error instanceof Error ? error.message : error}`);
  }
}

function namespaceOf(exports: unknown): unknown {
  if (typeof exports === "object" && exports !== null && "__esModule" in exports) return exports;
  const own = typeof exports === "object" && exports !== null ? exports : {};
  return { ...own, default: exports };
}

function moduleError(message: string): Error {
  return Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
}

function shown(path: string): string {
  return path.replace(/^\/submission\//, "");
}
