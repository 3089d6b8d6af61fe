import { join, relative } from "node:path";
import { readRubric } from "../../harness/open-assignment.js";
import { projectRoot } from "../../harness/project-root.js";
import { renderRun } from "../../harness/render-run.js";
import { terminalClass } from "../../harness/show.js";
import type { ExitCode } from "../exit.js";
import { terminalStyle } from "../terminal-style.js";

/** `frostline report`. */
export async function reportCommand(folder: string, options: { rubric?: string }): Promise<ExitCode> {
  const rubric = options.rubric ? await readRubric(projectRoot(), options.rubric) : undefined;
  const report = await renderRun(folder, rubric);
  process.stdout.write(`${terminalClass(report, terminalStyle(process.stdout))}\n`);
  process.stdout.write(`Class page: ${relative("", join(folder, "index.html"))}\n`);
  return report.rows.some((row) => row.report.mark.pending > 0) ? 2 : 0;
}
