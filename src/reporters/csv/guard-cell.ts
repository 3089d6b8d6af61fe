import { cleanText, oneLine } from "../clean-text.js";

const FORMULA = /^[=+\-@|%\t\r]/;
const CELL_LIMIT = 2_000;

/**
 * Text for a cell, clean, that no spreadsheet takes for a formula: look-alikes (full-width signs) and leading blanks
 * and quotes are seen through, and an apostrophe makes the cell text. For text only, never for our own numbers.
 */
export function guardCell(text: string): string {
  const clean = cleanText(text, CELL_LIMIT);
  const bare = clean.normalize("NFKC").replace(/^[\s\p{Cc}"']+/u, "");
  const line = oneLine(clean);
  return FORMULA.test(bare) || FORMULA.test(clean) ? `'${line}` : line;
}
