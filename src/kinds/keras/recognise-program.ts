import { fault, type Snapshot } from "../../contract/index.js";
import type { Recognition } from "../kind.js";

const PROGRAM = /^[^/]+\.(?:py|ipynb)$/;
const MAINS = ["main.py", "main.ipynb"];
const IMPORT = /^\s*(?:from|import)\s+([\w.]+)/gm;

/** The file to run: `main` at the top, else the only program there that no other imports. */
export function recogniseProgram(snapshot: Snapshot): Recognition {
  const top = snapshot.files.map(({ path }) => path).filter((path) => PROGRAM.test(path));
  const main = MAINS.find((name) => top.includes(name));
  if (main !== undefined) return { state: "recognised", entry: main };
  if (top.length === 0) return { state: "other" };
  const imported = new Set(top.flatMap((path) => importsOf(snapshot, path)));
  const programs = top.filter((path) => !imported.has(path.replace(/\.py$/, "")));
  const [entry] = programs;
  if (entry !== undefined && programs.length === 1) return { state: "recognised", entry };
  return {
    state: "unclear",
    fault: fault("entry-ambiguous", { files: top.join(", "), expected: "main.py or main.ipynb" }),
  };
}

function importsOf(snapshot: Snapshot, path: string): string[] {
  const text = new TextDecoder().decode(snapshot.read(path));
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? "");
}
