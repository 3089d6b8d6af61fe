import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import type { Depth } from "../../contract/index.js";
import { gradeClass } from "../../harness/grade-class.js";
import { projectRoot } from "../../harness/project-root.js";
import { terminalClass } from "../../harness/show.js";
import type { ExitCode } from "../exit.js";
import { interruptible } from "../interruptible.js";
import { progressLine } from "../progress-line.js";
import { terminalStyle } from "../terminal-style.js";

export interface GradeOptions {
  rubric: string;
  out?: string;
  times?: string;
  manual?: string;
  jobs?: number;
  store?: string;
  only?: string[];
  skip?: string[];
  failBelow?: number;
  unsafeNoSandbox?: boolean;
  depth?: Depth;
}

/** `frostline grade`. */
export async function gradeCommand(paths: string[], options: GradeOptions): Promise<ExitCode> {
  const root = projectRoot();
  const name = options.rubric.replace(/^.*\//, "").replace(/\.json$/, "");
  const out = options.out ?? join("reports", name);
  const progress = progressLine(process.stderr);
  const outcome = await interruptible((signal) =>
    gradeClass({
      root,
      paths,
      rubric: options.rubric,
      out,
      given: {
        ...(options.times ? { times: options.times } : {}),
        ...(options.manual ? { manual: options.manual } : {}),
      },
      jobs: options.jobs ?? Math.max(1, availableParallelism()),
      unsafe: options.unsafeNoSandbox ?? false,
      ...(options.depth ? { depth: options.depth } : {}),
      ...(options.store ? { store: options.store } : {}),
      ...(options.only ? { only: options.only } : {}),
      ...(options.skip ? { skip: options.skip } : {}),
      signal,
      onStart: progress.start,
      onProgress: progress.update,
    }),
  ).finally(progress.stop);
  process.stdout.write(`${terminalClass(outcome.report, terminalStyle(process.stdout))}\n`);
  process.stdout.write(`Class page: ${relative("", join(out, "index.html"))}\n`);
  if (outcome.handInGaps !== null) process.stderr.write(`${outcome.handInGaps}\n`);
  if (outcome.cancelled > 0) {
    const left = outcome.cancelled === 1 ? "1 submission was" : `${outcome.cancelled} submissions were`;
    process.stderr.write(`Stopped: ${left} not graded. Run the same command again to go on.\n`);
    return 2;
  }
  const marks = outcome.report.rows.map(({ report }) => report.mark);
  if (marks.some((mark) => mark.pending > 0)) return 2;
  const bar = (options.failBelow ?? 0) / 100;
  return marks.some((mark) => mark.earned < bar * mark.possible) ? 3 : 0;
}
