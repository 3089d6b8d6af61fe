import type { Command } from "commander";
import { exitWith } from "../exit.js";
import { DEPTH, MANUAL, STORE, TIMES, percent, positive } from "./arguments.js";

/** `grade` and `check`: what runs submissions. */
export function declareGrading(frostline: Command): void {
  frostline
    .command("grade")
    .description("grade a class: each submission in its own sandbox, results as HTML, JSON and CSV")
    .argument("<folders...>", "folders of submissions, single submissions, or zip archives")
    .option("-r, --rubric <rubric>", "rubric file, or the id of one in rubrics/", "feature-extraction")
    .option("-o, --out <folder>", "folder of the results (default: reports/<rubric>)")
    .addOption(DEPTH)
    .addOption(TIMES)
    .addOption(MANUAL)
    .option("-j, --jobs <number>", "submissions graded side by side", positive)
    .option("--only <names...>", "grade only these; `*` in a name stands for any letters")
    .option("--skip <names...>", "leave these out; they keep the grade they have")
    .addOption(STORE)
    .option("--fail-below <percent>", "exit with 3 when a mark is below this", percent)
    .option("--unsafe-no-sandbox", "run submissions without a sandbox; every report is stamped UNSANDBOXED")
    .action(async (folders: string[], options) => {
      const { gradeCommand } = await import("../commands/grade.js");
      exitWith(await gradeCommand(folders, options));
    });

  frostline
    .command("check")
    .description("check one submission as a student would, on the validation images")
    .argument("[folder]", "folder or zip archive of the submission", ".")
    .option("-r, --rubric <rubric>", "rubric file, or the id of one in rubrics/", "feature-extraction")
    .addOption(STORE)
    .addOption(DEPTH)
    .option("--format <format>", "terminal or json", "terminal")
    .option("--fail-below <percent>", "exit with 3 when the mark is below this", percent)
    .option("--unsafe-no-sandbox", "run it without a sandbox; the result is stamped UNSANDBOXED")
    .action(async (folder: string, options) => {
      const { checkCommand } = await import("../commands/check.js");
      exitWith(await checkCommand(folder, options));
    });
}
