import { join, relative } from "node:path";
import { FrostlineFault } from "../../contract/index.js";
import { readRubric } from "../../harness/open-assignment.js";
import { projectRoot } from "../../harness/project-root.js";
import { type Regraded, regrade, undoRegrade } from "../../harness/regrade.js";
import { readHistory } from "../../harness/regrade-history.js";
import { historyText, movesText } from "../../harness/regrade-text.js";
import type { ExitCode } from "../exit.js";
import { spareCompiler } from "../spare-compiler.js";
import { terminalStyle } from "../terminal-style.js";

export interface RegradeOptions {
  rubric?: string;
  times?: string;
  manual?: string;
  reason?: string;
  undo?: boolean;
  history?: boolean;
}

/** `frostline regrade`: grades and pages from stored evidence, with the grades before them kept. */
export async function regradeCommand(folder: string, options: RegradeOptions): Promise<ExitCode> {
  refuseContradiction(options);
  spareCompiler();
  const { width } = terminalStyle(process.stdout);
  if (options.history) {
    process.stdout.write(`${historyText(await readHistory(folder), width)}\n`);
    return 0;
  }
  const at = new Date().toISOString();
  const rubric = options.rubric ? await readRubric(projectRoot(), options.rubric) : undefined;
  const onGraded = (regraded: Regraded): void => void process.stdout.write(`${movesText(regraded, width)}\n`);
  const regraded = options.undo
    ? await undoRegrade({ path: folder, at, onGraded })
    : await regrade({
        path: folder,
        onGraded,
        reason: options.reason ?? null,
        at,
        ...(rubric ? { rubric } : {}),
        given: {
          ...(options.times ? { times: options.times } : {}),
          ...(options.manual ? { manual: options.manual } : {}),
        },
      });
  process.stdout.write(`Class page: ${relative("", join(folder, "index.html"))}\n`);
  if (regraded.handInGaps !== null) process.stderr.write(`${regraded.handInGaps}\n`);
  const pending = regraded.report.rows.some((row) => row.report.mark.pending > 0);
  return pending || regraded.unusable.length > 0 ? 2 : 0;
}

function refuseContradiction(options: RegradeOptions): void {
  const exclusive = (["history", "undo"] as const).find((name) => options[name]);
  const other = (["undo", "rubric", "times", "manual", "reason"] as const).find(
    (name) => name !== exclusive && options[name] !== undefined,
  );
  if (!exclusive || !other) return;
  throw new FrostlineFault("option-invalid", {
    option: `--${exclusive}`,
    found: `given together with --${other}`,
    expected: "One of them",
    hint: `Leave out --${other}.`,
  });
}
