import type { ClassReport, ClassRow, Report } from "../contract/index.js";
import { cleanText } from "./clean-text.js";

const FIELD_LIMIT = 2_000;
const OUTPUT_LIMIT = 16_000;
const LIST_LIMIT = 400;

/** The report with every string clean and no list or text too long to be read. */
export function cleanReport(report: Report): Report {
  return cleanParts(report, new Map());
}

/** `cleanReport` for a class: both reports of every row, however many rows there are. */
export function cleanClass(report: ClassReport): ClassReport {
  const { rows, ...rest } = report;
  return {
    ...cleanPart(rest),
    rows: rows.map(cleanRow),
  };
}

/** Both reports of one submission, clean. */
export function cleanRow({ report, student, ...row }: ClassRow): ClassRow {
  // The student's report is made of parts of the other one, so most of it is clean already.
  const known = new Map<unknown, unknown>();
  return { ...row, report: cleanParts(report, known), student: cleanParts(student, known) };
}

function cleanParts(report: Report, known: Map<unknown, unknown>): Report {
  const parts = Object.entries(report).map(([name, part]) => {
    const clean = known.has(part) ? known.get(part) : cleanPart(part);
    known.set(part, clean);
    return [name, clean] as const;
  });
  const cleaned = Object.fromEntries(parts) as unknown as Report;
  if (report.run && cleaned.run)
    cleaned.run = { ...cleaned.run, output: cleanText(report.run.output, OUTPUT_LIMIT) };
  return cleaned;
}

/** A part with every string clean and no list or text too long to be read: itself where it is so already. */
export function cleanPart<T>(part: T): T {
  return (isClean(part) ? part : mapStrings(part)) as T;
}

/** Nearly all is clean, and looking costs less than making a copy. */
function isClean(value: unknown): boolean {
  if (typeof value === "string") return cleanText(value, FIELD_LIMIT) === value;
  if (Array.isArray(value)) return value.length <= LIST_LIMIT && value.every(isClean);
  return typeof value !== "object" || value === null || Object.values(value).every(isClean);
}

/** Every string, wherever it is: a field added later cannot be forgotten. */
function mapStrings(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value, FIELD_LIMIT);
  if (Array.isArray(value)) return value.slice(0, LIST_LIMIT).map(mapStrings);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner)]));
}
