import { describeFault, FrostlineFault } from "../contract/index.js";
import type { ExitCode } from "./exit.js";

const WHO = {
  submission: "For the student",
  instructor: "For you",
  harness: "For whoever runs Frostline here",
};

/** Prints a fault in words: what, expected, next. Only a failure of ours that has no name shows its stack. */
export function explainError(error: unknown): ExitCode {
  if (error instanceof FrostlineFault) {
    const { what, expected, next } = describeFault(error.fault);
    process.stderr.write(`${what}\nExpected: ${expected}\n${WHO[error.fault.blame]}: ${next}\n`);
    return error.fault.blame === "harness" ? 2 : 1;
  }
  process.stderr.write(
    `Frostline itself failed. No grade was changed.\n${(error as Error).stack ?? String(error)}\n`,
  );
  return 2;
}
