import { type Command, Option } from "commander";
import { exitWith } from "../exit.js";
import { MANUAL, RUN_FOLDER, TIMES, reason } from "./arguments.js";

const BASELINES = ["linear-probe", "random-base", "majority"];

/** `report`, `regrade` and `compare`: what works on a stored run. */
export function declareStoredRuns(frostline: Command): void {
  frostline
    .command("report")
    .description("make grades and pages of a run anew from its stored evidence; nothing is run")
    .addArgument(RUN_FOLDER)
    .option("-r, --rubric <rubric>", "judge by this changed rubric instead of the stored one")
    .action(async (folder: string, options) => {
      const { reportCommand } = await import("../commands/report.js");
      exitWith(await reportCommand(folder, options));
    });

  frostline
    .command("regrade")
    .alias("judge")
    .description("judge a stored run by a changed rubric: who moved, with history and undo; nothing is run")
    .addArgument(RUN_FOLDER)
    .option("-r, --rubric <rubric>", "the changed rubric (default: the one the run has)")
    .addOption(TIMES)
    .addOption(MANUAL)
    .option("--reason <text>", "why, for the history", reason)
    .option("--undo", "take the newest change back")
    .option("--history", "list the changes")
    .action(async (folder: string, options) => {
      const { regradeCommand } = await import("../commands/regrade.js");
      exitWith(await regradeCommand(folder, options));
    });

  frostline
    .command("compare")
    .description(
      "hold a submission of a stored run against another one, or a baseline, image by image; nothing is run",
    )
    .addArgument(RUN_FOLDER)
    .argument("<one>", "a submission's name")
    .argument("[other]", "another submission's name")
    .addOption(
      new Option(
        "--baseline <baseline>",
        "a baseline of the assignment instead of another submission",
      ).choices(BASELINES),
    )
    .option("--json", "print the figures as JSON, for other programs")
    .action(async (folder: string, one: string, other: string | undefined, options) => {
      const { compareCommand } = await import("../commands/compare.js");
      exitWith(await compareCommand(folder, one, other, options));
    });
}
