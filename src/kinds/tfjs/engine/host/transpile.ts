import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import { Script } from "node:vm";
import { transform } from "sucrase";

/** A file of the submission, ready to be evaluated inside the isolate as the body of a function. */
export interface CompiledModule {
  /** A function expression of `exports, require, module, __filename, __dirname, import$meta, import$`. */
  code: string;
  /** Whether the function is asynchronous, because the file awaits at its top level. */
  awaits: boolean;
  /** Original line and column (both from 1) of a place in `code`. */
  original(line: number, column: number): { line: number; column: number };
}

/** A program text that is not JavaScript or TypeScript. */
export class SourceError extends Error {
  override name = "SyntaxError";
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

const PARAMETERS = "(exports, require, module, __filename, __dirname, import$meta, import$)";

/**
 * Compiles JavaScript or TypeScript to one CommonJS function; lines stay where they are.
 * @param file as the program sees it; its ending decides the language
 * @param mayAwait whether an await at the top level is allowed: in the program's first file only
 * @throws SourceError where the text is not a program
 */
export function compileModule(file: string, source: string, mayAwait: boolean): CompiledModule {
  const text = source.replace(/^\ufeff/, "").replace(/^#!.*/, "");
  const extension = path.extname(file);
  const typescript = /^\.[mc]?tsx?$/.test(extension);
  if (!typescript && extension !== ".mjs" && isCommonJs(text)) return plainCommonJs(text);
  const { code, mapping } = toCommonJs(file, text, typescript);
  const wrapped = wrap(code, false);
  const problem = syntaxProblem(wrapped);
  if (problem === undefined) return { code: wrapped, awaits: false, original: mapping(shift(wrapped, code)) };
  const asynchronous = wrap(code, true);
  const stillWrong = syntaxProblem(asynchronous);
  const original = mapping(shift(asynchronous, code));
  if (stillWrong === undefined && mayAwait) return { code: asynchronous, awaits: true, original };
  if (stillWrong === undefined)
    throw new SourceError(
      "An await at the top level is only possible in the program's first file. Export an async function here and await it there.",
      ...placeOf(problem, mapping(shift(wrapped, code))),
    );
  throw new SourceError(stillWrong.message, ...placeOf(stillWrong, original));
}

type Original = CompiledModule["original"];

const same: Original = (line, column) => ({ line, column });

/** CommonJS stays as it is: the transform would make it strict, which changes what sloppy programs do. */
function plainCommonJs(text: string): CompiledModule {
  const shown = text.includes("import(") ? text.replace(/\bimport\(/g, "import$(") : text;
  const code = wrap(shown, false);
  return { code, awaits: false, original: offset(shift(code, shown), same) };
}

function isCommonJs(text: string): boolean {
  return syntaxProblem(wrap(text, false)) === undefined;
}

function wrap(code: string, asynchronous: boolean): string {
  return `(${asynchronous ? "async " : ""}function ${PARAMETERS} {${code}\n})`;
}

/** Number of characters that the wrapping puts before the first line. */
function shift(wrapped: string, code: string): number {
  return wrapped.indexOf(code);
}

function offset(by: number, next: Original): Original {
  return (line, column) => next(line, line === 1 ? Math.max(1, column - by) : column);
}

function toCommonJs(
  file: string,
  text: string,
  typescript: boolean,
): { code: string; mapping: (by: number) => Original } {
  try {
    const result = transform(text, {
      transforms: typescript ? ["typescript", "imports"] : ["imports"],
      filePath: file,
      disableESTransforms: true,
      sourceMapOptions: { compiledFilename: file },
    });
    const map = new SourceMap(result.sourceMap as unknown as SourceMapPayload);
    const original: Original = (line, column) => {
      const entry = map.findEntry(line - 1, column - 1);
      if (!("originalLine" in entry) || entry.originalLine !== line - 1) return { line, column };
      return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    };
    // Same length, so that columns stay; `import.meta` cannot stand in a function.
    const code = result.code.replace(/\bimport\.meta\b/g, "import$meta");
    return { code, mapping: (by) => offset(by, original) };
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const plain = message.replace(/^Error transforming [^:]*: /, "").replace(/ \(\d+:\d+\)$/, "");
    throw new SourceError(plain, loc?.line ?? 1, loc?.column ?? 1);
  }
}

function syntaxProblem(code: string): (Error & { line: number; column: number }) | undefined {
  try {
    new Script(code, { filename: "checked" });
    return undefined;
  } catch (error) {
    const { message, stack } = error as Error;
    const lines = (stack ?? "").split("\n");
    const line = Number(/^checked:(\d+)/.exec(lines[0] ?? "")?.[1] ?? 1);
    const column = (lines[2] ?? "^").indexOf("^") + 1;
    return Object.assign(new Error(message), { line, column });
  }
}

function placeOf(
  problem: { line: number; column: number },
  original: Original,
): [line: number, column: number] {
  const place = original(problem.line, problem.column);
  return [place.line, place.column];
}
