import { join, relative } from "node:path";
import { readRubric } from "../../harness/open-assignment.js";
import { projectRoot } from "../../harness/project-root.js";
import { regrade } from "../../harness/regrade.js";
import { renderRun } from "../../harness/render-run.js";
import { terminalClass } from "../../harness/show.js";
import type { ExitCode } from "../exit.js";
import { spareCompiler } from "../spare-compiler.js";
import { terminalStyle } from "../terminal-style.js";

/** `frostline report`. A changed rubric is a regrade without a reason, so that its history is kept. */
export async function reportCommand(folder: string, options: { rubric?: string }): Promise<ExitCode> {
  spareCompiler();
  const report = options.rubric ? await judgeBy(options.rubric, folder) : await renderRun(folder);
  process.stdout.write(`${terminalClass(report, terminalStyle(process.stdout))}\n`);
  process.stdout.write(`Class page: ${relative("", join(folder, "index.html"))}\n`);
  return report.rows.some((row) => row.report.mark.pending > 0) ? 2 : 0;
}

async function judgeBy(name: string, folder: string) {
  const rubric = await readRubric(projectRoot(), name);
  return (await regrade({ path: folder, rubric, reason: null, at: new Date().toISOString() })).report;
}
