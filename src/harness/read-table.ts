import { readFile } from "node:fs/promises";
import type { Static, TObject } from "@sinclair/typebox";
import { CsvError, parse as parseCsv } from "csv-parse/sync";
import { FrostlineFault, parse } from "../contract/index.js";

/**
 * A table that a teacher wrote: CSV with a header (comma, semicolon or tab), or a JSON list of objects. Empty cells
 * count as left out.
 * @throws FrostlineFault `file-missing`, `table-unreadable`, or `json-invalid` naming the line and the column
 */
export async function readTable<T extends TObject>(path: string, row: T): Promise<Static<T>[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const expected = `A table with ${Object.keys(row.properties).join(", ")}: CSV or JSON`;
    throw new FrostlineFault("file-missing", { file: path, expected }, error);
  });
  const rows = path.endsWith(".json") ? fromJson(text, path) : fromCsv(text, path, row);
  return rows.map(({ value, place }) => parse(row, value, `${path}, ${place}`));
}

interface Row {
  value: unknown;
  place: string;
}

function fromJson(text: string, path: string): Row[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FrostlineFault("json-unreadable", { file: path, why: String((error as Error).message) }, error);
  }
  if (!Array.isArray(value)) throw unreadable(path, "its content is no list");
  return value.map((one: unknown, index) => ({ value: one, place: `entry ${index + 1}` }));
}

function fromCsv(text: string, path: string, row: TObject): Row[] {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parseCsv(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.toLowerCase()),
      delimiter: delimiterOf(text),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(path, error.message, error);
    throw error;
  }
  return records.map(({ record, info }) => ({ value: typed(record, row), place: `line ${info.lines}` }));
}

/** Spreadsheets write the separator of their country; the header shows which. */
function delimiterOf(text: string): string {
  const header = text.slice(0, Math.max(0, text.search(/[\r\n]/)));
  return ["\t", ";"].find((mark) => header.includes(mark)) ?? ",";
}

function typed(record: Record<string, string>, row: TObject): Record<string, unknown> {
  const cells = Object.entries(record).filter(([, cell]) => cell !== "");
  return Object.fromEntries(
    cells.map(([name, cell]) => [name, cellValue(cell, row.properties[name]?.["type"])]),
  );
}

/** A cell that should be a number and is none stays text, so that the complaint shows what is there. */
function cellValue(cell: string, type: unknown): unknown {
  const number = Number(cell.replace(/^(-?\d+),(\d+)$/, "$1.$2"));
  return (type === "number" || type === "integer") && Number.isFinite(number) ? number : cell;
}

const unreadable = (file: string, why: string, cause?: unknown): FrostlineFault =>
  new FrostlineFault("table-unreadable", { file, why }, cause);
