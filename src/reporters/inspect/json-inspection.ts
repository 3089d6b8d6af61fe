import type { Inspection } from "../../contract/index.js";

/** Characters that could steer a terminal or reorder what it shows; JSON may write them by their numbers. */
const STEERING = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The inspection as JSON, exact and safe to print; its schema is `Inspection` of the contract. */
export function jsonInspection(inspection: Inspection): string {
  return JSON.stringify(inspection, null, 1).replace(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
