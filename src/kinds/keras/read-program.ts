import { type Fault, fault } from "../../contract/index.js";

/** A piece of the program that is executed by itself: a file, or one cell of a notebook. */
export interface ProgramPart {
  /** What the student sees in a message: `main.py`, or `main.ipynb, cell 3`. */
  name: string;
  source: string;
}

export interface Program {
  parts: ProgramPart[];
  /** What was left out of a notebook, in words. */
  notes: string[];
}

/** Cells in another language than Python. */
const OTHER_LANGUAGE = /^\s*%%(?:bash|sh|script|html|javascript|js|latex|markdown|writefile|perl|ruby|R)\b/;
/** Shell lines, magics and questions to the notebook; `% x` continues an expression. */
const NOTEBOOK_LINE = /^(\s*)(![^=].*|%{1,2}[A-Za-z].*|\??[\w.]+\?{1,2}\s*)$/;

/** The program of a file; cells of a notebook in order, without saved outputs. */
export function readProgram(entry: string, bytes: Uint8Array): Program | Fault {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, "");
  return entry.endsWith(".ipynb")
    ? readNotebook(entry, text)
    : { parts: [{ name: entry, source: text }], notes: [] };
}

function readNotebook(entry: string, text: string): Program | Fault {
  const cells = cellsOf(text);
  if (typeof cells === "string") return fault("notebook-unreadable", { file: entry, why: cells });
  let left = 0;
  const parts = cells.flatMap(({ kind, source }, index): ProgramPart[] => {
    if (kind !== "code" || source.trim() === "") return [];
    if (OTHER_LANGUAGE.test(source)) {
      left += 1;
      return [];
    }
    const lines = source.split("\n").map((line) => {
      const [, indent, command] = NOTEBOOK_LINE.exec(line) ?? [];
      if (command === undefined) return line;
      left += 1;
      // The line stays, so that messages name the student's own line.
      return `${indent}pass  # ${command}`;
    });
    return [{ name: `${entry}, cell ${index + 1}`, source: lines.join("\n") }];
  });
  const notes =
    left > 0
      ? [`${left} ${left === 1 ? "line" : "lines"} for the shell or the notebook itself were left out.`]
      : [];
  return { parts, notes };
}

function cellsOf(text: string): { kind: string; source: string }[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is not JSON (${(error as Error).message})`;
  }
  const cells = (value as { cells?: unknown } | null)?.cells;
  if (!Array.isArray(cells)) return "it has no list of cells";
  return cells.map((cell: { cell_type?: unknown; source?: unknown } | null) => ({
    kind: String(cell?.cell_type),
    source: Array.isArray(cell?.source) ? cell.source.map(String).join("") : String(cell?.source ?? ""),
  }));
}
