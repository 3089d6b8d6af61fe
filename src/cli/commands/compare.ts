import { FrostlineFault } from "../../contract/index.js";
import { type Against, compareAnswers } from "../../harness/compare-answers.js";
import { compareJson, compareText } from "../../harness/compare-text.js";
import type { ExitCode } from "../exit.js";
import { terminalStyle } from "../terminal-style.js";

export interface CompareOptions {
  baseline?: Extract<Against, { baseline: unknown }>["baseline"];
  json?: boolean;
}

/** `frostline compare`: whether one submission of a run is measurably better than another one, or than a baseline. */
export async function compareCommand(
  folder: string,
  one: string,
  other: string | undefined,
  options: CompareOptions,
): Promise<ExitCode> {
  const comparison = await compareAnswers(folder, one, againstOf(other, options));
  const text = options.json
    ? compareJson(comparison)
    : compareText(comparison, terminalStyle(process.stdout).width);
  process.stdout.write(`${text}\n`);
  return 0;
}

function againstOf(other: string | undefined, { baseline }: CompareOptions): Against {
  if (other !== undefined && baseline === undefined) return { submission: other };
  if (other === undefined && baseline !== undefined) return { baseline };
  throw new FrostlineFault("option-invalid", {
    option: "What to compare with",
    found: other === undefined ? "left out" : "given twice",
    expected: "A second submission, or --baseline",
    hint: other === undefined ? "Name another submission, or a baseline." : "Leave out one of the two.",
  });
}
