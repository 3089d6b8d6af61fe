import type { Command } from "commander";
import { exitWith } from "../exit.js";
import { RUBRIC, STORE } from "./arguments.js";

/** `rubric ...` */
export function declareRubrics(frostline: Command): void {
  const rubric = frostline.command("rubric").description("write, explain, check and test rubrics");
  rubric
    .command("new")
    .description("write a rubric: asks what the assignment is, or takes it from options")
    .option("--like <rubric>", "the ready rubric that is nearest")
    .option("--id <name>", "short name, in lower case with hyphens")
    .option("--title <title>", "title for students")
    .option("--dataset <name>", "data set in the store")
    .option("--base <name...>", "bases they may load")
    .option("--points <number>", "points in all", Number)
    .option("--accuracy <rate>", "accuracy on unseen images that earns its points, 0 to 1", Number)
    .option("--due <time>", "when it is due, with its zone: 2026-11-20T23:59:00+01:00")
    .option("--per-day <percent>", "percent of the points off for each day begun after that", Number)
    .option("-o, --out <file>", "file to write (default: <id>.json)")
    .addOption(STORE)
    .option("-y, --yes", "ask nothing: take the default of what no option says")
    .action(async (options) => {
      const { rubricNew } = await import("../commands/rubric-new.js");
      exitWith(await rubricNew(options));
    });
  rubric
    .command("explain")
    .description("print the rubric as a page for students")
    .addArgument(RUBRIC)
    .option("--html <file>", "write it as a page for the browser")
    .option("--for-check <file>", "write the rubric without hidden thresholds, for students to check by")
    .addOption(STORE)
    .action(async (name: string, options) => {
      const { rubricExplain } = await import("../commands/rubric.js");
      exitWith(await rubricExplain(name, options));
    });
  rubric
    .command("check")
    .description("warn of bars that the data cannot tell apart and items that nothing can decide")
    .addArgument(RUBRIC)
    .addOption(STORE)
    .action(async (name: string, options) => {
      const { rubricCheck } = await import("../commands/rubric.js");
      exitWith(await rubricCheck(name, options));
    });
  rubric
    .command("test")
    .description("try the rubric with single mistakes in a right solution: each must cost what it should")
    .addArgument(RUBRIC)
    .option("--reference <path>", "a right solution: submission, folder of a run, or file of evidence")
    .option("--files", "also put mistakes into the bytes of its saved model, read and predicted in jails")
    .option("--examples [folder]", "also grade example submissions and compare with their expected grades")
    .addOption(STORE)
    .action(async (name: string, options) => {
      const { rubricTest } = await import("../commands/rubric.js");
      exitWith(await rubricTest(name, options));
    });
}
