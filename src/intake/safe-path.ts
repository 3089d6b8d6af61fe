import { FrostlineFault } from "../contract/index.js";

const MAX_DEPTH = 32;
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 1024;

const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;
const UNPRINTABLES = new RegExp(UNPRINTABLE.source, "gu");

/** The name as it may be shown: control and direction characters as escapes, long names cut. */
export function printable(name: string): string {
  const cut = name.length > 200 ? `${name.slice(0, 200)}...` : name;
  return cut.replace(UNPRINTABLES, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}

/**
 * Accepts a relative path with `/` between its names.
 * @throws FrostlineFault `intake-odd-name` that says which rule the path breaks.
 */
export function checkPath(path: string): void {
  const why = oddity(path);
  if (why !== null) throw oddName(path, why);
}

function oddity(path: string): string | null {
  const names = path.split("/");
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "it is an absolute path";
  if (path.includes("\\")) return "it holds a backslash";
  if (UNPRINTABLE.test(path)) return "it holds a control or text direction character";
  if (path.includes("\uFFFD")) return "it is not valid UTF-8";
  if (names.some((name) => name === "..")) return "it leads out of the submission";
  if (names.some((name) => name === "" || name === ".")) return "it holds an empty name";
  if (names.some((name) => Buffer.byteLength(name) > MAX_NAME_BYTES))
    return `it holds a name longer than ${MAX_NAME_BYTES} bytes`;
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  if (names.length > MAX_DEPTH) return `it lies more than ${MAX_DEPTH} folders deep`;
  return null;
}

/** One key for all spellings that a file system may take for the same name. */
export function foldName(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

/**
 * A check that must see every file's path once: refuses a path that a file system could take for one before it.
 * @throws (the returned function) FrostlineFault `intake-odd-name` naming both.
 */
export function twinCheck(): (path: string) => void {
  const seen = new Map<string, { spelling: string; isFile: boolean }>();
  return (path) => {
    const names = path.split("/");
    names.forEach((_, index) => {
      const spelling = names.slice(0, index + 1).join("/");
      const isFile = index === names.length - 1;
      const before = seen.get(foldName(spelling));
      if (before && (isFile || before.isFile || before.spelling !== spelling))
        throw oddName(path, `it cannot be told from \`${printable(before.spelling)}\` on every system`);
      seen.set(foldName(spelling), { spelling, isFile });
    });
  };
}

function oddName(path: string, why: string): FrostlineFault {
  return new FrostlineFault("intake-odd-name", { file: printable(path), why });
}
