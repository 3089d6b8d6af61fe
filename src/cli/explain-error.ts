import { describeFault, FrostlineFault } from "../contract/index.js";
import type { ExitCode } from "./exit.js";

const WHO = {
  submission: "For the student",
  instructor: "For you",
  harness: "For whoever runs Frostline here",
};

/**
 * Prints a fault in words: what, expected, next. Only a failure of ours that has no name shows its stack.
 * @param forSubmission who is addressed by a fault of what was handed in
 */
export function explainError(error: unknown, forSubmission = WHO.submission): ExitCode {
  if (error instanceof FrostlineFault) {
    const { what, expected, next } = describeFault(error.fault);
    const { blame } = error.fault;
    const who = blame === "submission" ? forSubmission : WHO[blame];
    process.stderr.write(`${what}\nExpected: ${expected}\n${who}: ${next}\n`);
    return blame === "harness" ? 2 : 1;
  }
  process.stderr.write(
    `Frostline itself failed. No grade was changed.\n${(error as Error).stack ?? String(error)}\n`,
  );
  return 2;
}
