import { Argument, InvalidArgumentError, Option } from "commander";
import type { Depth } from "../../contract/index.js";

const DEPTHS: readonly Depth[] = ["audit", "structure", "train"];

/** Arguments and options that several commands have. */
export const RUN_FOLDER = new Argument("<folder>", "folder that `frostline grade` wrote");
export const RUBRIC = new Argument("<rubric>", "rubric file, or the id of one in rubrics/");
export const STORE = new Option("--store <folder>", "folder of data sets and checkpoints you added");
export const DEPTH = new Option("--depth <depth>", "how far to run, in place of the rubric's depth").choices(
  DEPTHS,
);
export const TIMES = new Option(
  "--times <file>",
  "CSV or JSON with submission, time, attempts: what lateness is reckoned from",
);
export const MANUAL = new Option(
  "--manual <file>",
  "CSV or JSON with submission, item, points, comment: points a person gives",
);

/** A whole number of 1 or more. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("Expected a whole number of 1 or more.");
  return number;
}

/** 0 to 100. */
export function percent(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number <= 100)) throw new InvalidArgumentError("Expected a percentage from 0 to 100.");
  return number;
}

/** A text that history can keep. */
export function reason(text: string): string {
  if (text.length > 2000) throw new InvalidArgumentError("Expected at most 2,000 characters.");
  return text;
}
