import type { Json } from "../../contract/index.js";
import { isObject, type JsonObject } from "../json-access.js";
import { unreadable } from "../model-problem.js";

const MAX_DEPTH = 64;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Parses JSON of an unknown author. JSON.parse itself accepts a million levels, on which everything recursive fails,
 * and keeps the last of several equal keys, so that two readers may see two different models.
 * @throws ModelProblem `model-unreadable` for text that is too long, too deep, ambiguous, or not a JSON object
 */
export function parseUntrustedJson(
  bytes: Uint8Array,
  maxBytes: number,
  file: string,
  what: string,
): JsonObject {
  if (bytes.byteLength > maxBytes) throw unreadable(file, `${what} is longer than ${maxBytes} bytes`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(file, `${what} is not UTF-8 text`, error);
  }
  return parseUntrustedText(text, file, what);
}

/** The same for text that is already decoded, such as an attribute of an HDF5 file. */
export function parseUntrustedText(text: string, file: string, what: string): JsonObject {
  const objection = scan(text);
  if (objection) throw unreadable(file, `${what} ${objection}`);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw unreadable(file, `${what} is not JSON`, error);
  }
  if (!isObject(value)) throw unreadable(file, `${what} is not a JSON object`);
  if (!holdsFiniteNumbers(value)) throw unreadable(file, `${what} holds a number that is too large`);
  return value;
}

/** One pass over the characters; what JSON.parse would refuse anyway is left to it. */
function scan(text: string): string | null {
  // One entry for each open bracket: the keys of an object so far, null for a list.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x7b || character === 0x5b) {
      if (open.length >= MAX_DEPTH) return `is nested more than ${MAX_DEPTH} levels deep`;
      open.push(character === 0x7b ? new Set() : null);
    } else if (character === 0x7d || character === 0x5d) open.pop();
    else if (character === 0x22) {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys && isFollowedByColon(text, end)) {
        const key = keyText(text.slice(at, end));
        if (RESERVED.has(key)) return `has the key ${key}`;
        if (keys.has(key)) return `has the key ${key} twice in one object`;
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return null;
}

/** The index after the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === 0x22) return at + 1;
    at += character === 0x5c ? 2 : 1;
  }
  return text.length;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return text.charCodeAt(at) === 0x3a;
}

/** Escapes resolved, so that no spelling of a key hides it. */
function keyText(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

/** JSON.parse makes infinity of `1e999`, which cannot be written again. */
function holdsFiniteNumbers(value: Json): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(holdsFiniteNumbers);
}
