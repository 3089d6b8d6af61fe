import { type Depth, FrostlineFault } from "../../contract/index.js";
import { checkOne } from "../../harness/check-one.js";
import { projectRoot } from "../../harness/project-root.js";
import { terminalStudent } from "../../harness/show.js";
import type { ExitCode } from "../exit.js";
import { interruptible } from "../interruptible.js";
import { terminalStyle } from "../terminal-style.js";

export interface CheckOptions {
  rubric: string;
  format: string;
  store?: string;
  failBelow?: number;
  unsafeNoSandbox?: boolean;
  depth?: Depth;
}

/** `frostline check`: the student's own answer, on images the student has. */
export async function checkCommand(folder: string, options: CheckOptions): Promise<ExitCode> {
  if (options.format !== "terminal" && options.format !== "json") {
    throw new FrostlineFault("option-invalid", {
      option: "--format",
      found: options.format,
      expected: "terminal or json",
      hint: "Leave it out for the terminal.",
    });
  }
  const report = await interruptible((signal) =>
    checkOne({
      root: projectRoot(),
      path: folder,
      rubric: options.rubric,
      unsafe: options.unsafeNoSandbox ?? false,
      ...(options.depth ? { depth: options.depth } : {}),
      ...(options.store ? { store: options.store } : {}),
      signal,
    }),
  );
  const text =
    options.format === "json"
      ? JSON.stringify(report, null, 1)
      : terminalStudent(report, terminalStyle(process.stdout));
  process.stdout.write(`${text}\n`);
  const { earned, pending, possible } = report.mark;
  if (pending > 0) return 2;
  return earned < ((options.failBelow ?? 0) / 100) * possible ? 3 : 0;
}
