import type { ClassReport, Report } from "../contract/index.js";
import { cleanText } from "./clean-text.js";

const FIELD_LIMIT = 2_000;
const OUTPUT_LIMIT = 16_000;
const LIST_LIMIT = 400;

/** A copy in which every string is clean and no list or text is too long to be read. */
export function cleanReport(report: Report): Report {
  const cleaned = cleanDeep(report);
  if (report.run && cleaned.run) cleaned.run.output = cleanText(report.run.output, OUTPUT_LIMIT);
  return cleaned;
}

/** `cleanReport` for a class: both reports of every row, however many rows there are. */
export function cleanClass(report: ClassReport): ClassReport {
  const { rows, ...rest } = report;
  return {
    ...cleanDeep(rest),
    rows: rows.map((row) => ({
      report: cleanReport(row.report),
      student: cleanReport(row.student),
      staffPage: row.staffPage,
      studentPage: row.studentPage,
    })),
  };
}

/** Every string, wherever it is: a field added later cannot be forgotten. */
function cleanDeep<T>(value: T): T {
  return mapStrings(value) as T;
}

function mapStrings(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value, FIELD_LIMIT);
  if (Array.isArray(value)) return value.slice(0, LIST_LIMIT).map(mapStrings);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner)]));
}
