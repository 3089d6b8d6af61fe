import { fault, type Snapshot } from "../../contract/index.js";
import type { Recognition } from "../kind.js";

const MAIN = /^(?:main|index)\.(?:[cm]?js|[cm]?ts)$/;
const PROGRAM = /^[^/]+\.(?:[cm]?js|[cm]?ts)$/;
/** Settings files of tools, which are not the program. */
const SETTINGS = /(?:\.config\.[cm]?[jt]s|\.d\.ts|\.test\.[cm]?[jt]s)$/;

/** The file to run: `main` or `index` at the top, else the only program there. */
export function recogniseProgram(snapshot: Snapshot): Recognition {
  const top = snapshot.files
    .map((file) => file.path)
    .filter((path) => PROGRAM.test(path) && !SETTINGS.test(path));
  const mains = top.filter((path) => MAIN.test(path)).sort((a, b) => rank(a) - rank(b));
  const entry = mains[0] ?? (top.length === 1 ? top[0] : undefined);
  if (entry !== undefined) return { state: "recognised", entry };
  if (top.length === 0) return { state: "other" };
  return {
    state: "unclear",
    fault: fault("entry-ambiguous", { files: top.join(", "), expected: "main.js or main.ts" }),
  };
}

/** `main` before `index`; TypeScript before the JavaScript that was compiled from it. */
function rank(path: string): number {
  return (path.startsWith("main") ? 0 : 2) + (path.endsWith("ts") ? 0 : 1);
}
