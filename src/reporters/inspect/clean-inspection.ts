import type { Inspection } from "../../contract/index.js";
import { cleanText, oneLine } from "../clean-text.js";

const FIELD_LIMIT = 1_000;
/** More layers than any published network has; a file that lists more is not meant to be read by people. */
const LIST_LIMIT = 2_000;

/** A copy for people: every string is clean and on one line, no list is endless. */
export function cleanInspection(inspection: Inspection): Inspection {
  return cleaned(inspection) as Inspection;
}

/** Every string, wherever it is, names of settings included. */
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return oneLine(cleanText(value, FIELD_LIMIT));
  if (Array.isArray(value)) return value.slice(0, LIST_LIMIT).map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [oneLine(cleanText(key, FIELD_LIMIT)), cleaned(inner)]),
  );
}
