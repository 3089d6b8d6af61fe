import { join } from "node:path";
import { projectRoot } from "../../harness/project-root.js";
import { testRubric } from "../../harness/rubric-test.js";
import { rubricTestText } from "../../harness/rubric-test-text.js";
import type { ExitCode } from "../exit.js";
import { interruptible } from "../interruptible.js";
import { terminalStyle } from "../terminal-style.js";

export interface RubricTestOptions {
  reference?: string;
  /** True for the examples that come with Frostline. */
  examples?: string | true;
  store?: string;
}

/** `frostline rubric test`. */
export async function rubricTest(rubric: string, options: RubricTestOptions): Promise<ExitCode> {
  const root = projectRoot();
  const { reference, store, examples } = options;
  const test = await interruptible((signal) =>
    testRubric({
      root,
      rubric,
      signal,
      ...(reference ? { reference } : {}),
      ...(store ? { store } : {}),
      ...(examples ? { examples: examples === true ? join(root, "submissions", "examples") : examples } : {}),
    }),
  );
  process.stdout.write(`${rubricTestText(test, terminalStyle(process.stdout).width)}\n`);
  return test.passed ? 0 : 1;
}
