import { join } from "node:path";
import { readRubric } from "../../harness/open-assignment.js";
import { projectRoot } from "../../harness/project-root.js";
import { checkRubric } from "../../harness/rubric-check.js";
import { rubricCheckText } from "../../harness/rubric-check-text.js";
import { explainRubric } from "../../harness/rubric-explain.js";
import { rubricPageHtml, rubricPageText } from "../../harness/rubric-explain-text.js";
import { testRubric } from "../../harness/rubric-test.js";
import { rubricTestText } from "../../harness/rubric-test-text.js";
import { studentRubric } from "../../harness/student-rubric.js";
import { writeAtomic } from "../../harness/write-atomic.js";
import type { ExitCode } from "../exit.js";
import { interruptible } from "../interruptible.js";
import { terminalStyle } from "../terminal-style.js";

export interface RubricTestOptions {
  reference?: string;
  /** True for the examples that come with Frostline. */
  examples?: string | true;
  files?: boolean;
  store?: string;
}

/** `frostline rubric test`. */
export async function rubricTest(rubric: string, options: RubricTestOptions): Promise<ExitCode> {
  const root = projectRoot();
  const { reference, store, examples, files } = options;
  const test = await interruptible((signal) =>
    testRubric({
      root,
      rubric,
      signal,
      ...(reference ? { reference } : {}),
      ...(store ? { store } : {}),
      ...(files ? { files } : {}),
      ...(examples ? { examples: examples === true ? join(root, "submissions", "examples") : examples } : {}),
    }),
  );
  process.stdout.write(`${rubricTestText(test, terminalStyle(process.stdout).width)}\n`);
  return test.passed ? 0 : 1;
}

/** `frostline rubric check`. Warnings are advice: only a rubric that cannot be used ends with 1. */
export async function rubricCheck(rubric: string, options: { store?: string }): Promise<ExitCode> {
  const check = await checkRubric(projectRoot(), rubric, options.store);
  process.stdout.write(`${rubricCheckText(check, terminalStyle(process.stdout).width)}\n`);
  return 0;
}

/** `frostline rubric explain`. */
export async function rubricExplain(
  rubric: string,
  options: { store?: string; html?: string; forCheck?: string },
): Promise<ExitCode> {
  if (options.forCheck !== undefined) {
    const shown = studentRubric(await readRubric(projectRoot(), rubric));
    writeAtomic(options.forCheck, `${JSON.stringify(shown, null, 2)}\n`);
    process.stdout.write(`Rubric for students: ${options.forCheck}\n`);
    return 0;
  }
  const page = await explainRubric(projectRoot(), rubric, options.store);
  if (options.html === undefined) {
    process.stdout.write(`${rubricPageText(page, terminalStyle(process.stdout).width)}\n`);
    return 0;
  }
  writeAtomic(options.html, rubricPageHtml(page));
  process.stdout.write(`Page for students: ${options.html}\n`);
  return 0;
}
