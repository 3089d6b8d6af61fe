import { oneLine } from "../clean-text.js";

const FORMULA = /^[=+\-@|%\t\r]/;

/**
 * Text for a cell that no spreadsheet takes for a formula: look-alikes (full-width signs) and leading blanks and
 * quotes are seen through, and an apostrophe makes the cell text. For text only, never for our own numbers.
 */
export function guardCell(text: string): string {
  const bare = text.normalize("NFKC").replace(/^[\s\p{Cc}"']+/u, "");
  const line = oneLine(text);
  return FORMULA.test(bare) || FORMULA.test(text) ? `'${line}` : line;
}
