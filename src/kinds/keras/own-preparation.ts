import type { Snapshot } from "../../contract/index.js";
import type { ProgramPart } from "./read-program.js";

/** Names under which programs keep what they do to images before their model. */
const NAME = /^def (preprocess(?:_(?:data|images?|inputs?|pixels))?)\s*\(/gm;

/** A function that prepares images, and the parts of the program that define it. */
export interface Preparation {
  name: string;
  parts: readonly ProgramPart[];
}

/**
 * The function of the program that prepares images for its model: the last that it defines itself, else one of a file
 * beside it that it imports and names; null where there is none.
 */
export function ownPreparation(parts: readonly ProgramPart[], snapshot: Snapshot): Preparation | null {
  const source = parts.map((part) => part.source).join("\n");
  const own = definedIn(source).at(-1);
  if (own) return { name: own, parts };
  for (const { path } of snapshot.files) {
    if (!path.endsWith(".py") || !isImported(path, source)) continue;
    const text = new TextDecoder().decode(snapshot.read(path));
    const name = definedIn(text).findLast((one) => new RegExp(`\\b${one}\\b`).test(source));
    if (name) return { name, parts: [{ name: path, source: text }] };
  }
  return null;
}

const definedIn = (source: string): string[] => [...source.matchAll(NAME)].flatMap(([, name]) => name ?? []);

/** `import a.b`, `from a.b import c` and `from a import b` all import `a/b.py`. */
function isImported(path: string, source: string): boolean {
  const module = path.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", ".");
  const [last = module, ...parents] = module.split(".").reverse();
  const names = [module, ...(parents.length > 0 ? [`${parents.reverse().join(".")} ${last}`] : [])];
  return [...source.matchAll(/^\s*(?:from\s+([\w.]+)\s+import\s+(.+)|import\s+(.+))$/gm)].some(
    ([, from, what = "", plain = ""]) =>
      from === module ||
      words(plain).includes(module) ||
      words(what).some((word) => names.includes(`${from} ${word}`)),
  );
}

const words = (list: string): string[] => list.split(/[\s,()]+/);
