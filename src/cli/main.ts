import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Depth } from "../contract/index.js";
import { VERSION } from "../harness/version.js";
import { exitWith } from "./exit.js";

const DEPTHS: readonly Depth[] = ["audit", "structure", "train"];
const BASELINES = ["linear-probe", "random-base", "majority"];

/** Nothing heavy is imported here: each command loads what it needs when it is called. */
function program(): Command {
  const frostline = new Command("frostline")
    .description("Grades transfer-learning homework: proves what was frozen, measures what was learned.")
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride();

  frostline
    .command("grade")
    .description("grade a class: each submission in its own sandbox, results as HTML, JSON and CSV")
    .argument("<folders...>", "folders of submissions, single submissions, or zip archives")
    .option("-r, --rubric <rubric>", "rubric file, or the id of one in rubrics/", "feature-extraction")
    .option("-o, --out <folder>", "folder of the results (default: reports/<rubric>)")
    .addOption(
      new Option("--depth <depth>", "how far to run, in place of the rubric's depth").choices(DEPTHS),
    )
    .option("--times <file>", "CSV or JSON with submission, time, attempts: what lateness is reckoned from")
    .option("--manual <file>", "CSV or JSON with submission, item, points, comment: points a person gives")
    .option("-j, --jobs <number>", "submissions graded side by side", positive)
    .option("--only <names...>", "grade only these; `*` in a name stands for any letters")
    .option("--skip <names...>", "leave these out; they keep the grade they have")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .option("--fail-below <percent>", "exit with 3 when a mark is below this", percent)
    .option("--unsafe-no-sandbox", "run submissions without a sandbox; every report is stamped UNSANDBOXED")
    .action(async (folders: string[], options) => {
      const { gradeCommand } = await import("./commands/grade.js");
      exitWith(await gradeCommand(folders, options));
    });

  frostline
    .command("check")
    .description("check one submission as a student would, on the validation images")
    .argument("[folder]", "folder or zip archive of the submission", ".")
    .option("-r, --rubric <rubric>", "rubric file, or the id of one in rubrics/", "feature-extraction")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .addOption(
      new Option("--depth <depth>", "how far to run, in place of the rubric's depth").choices(DEPTHS),
    )
    .option("--format <format>", "terminal or json", "terminal")
    .option("--fail-below <percent>", "exit with 3 when the mark is below this", percent)
    .option("--unsafe-no-sandbox", "run it without a sandbox; the result is stamped UNSANDBOXED")
    .action(async (folder: string, options) => {
      const { checkCommand } = await import("./commands/check.js");
      exitWith(await checkCommand(folder, options));
    });

  frostline
    .command("inspect")
    .description(
      "show what one saved model holds: layers, frost line, training, origin; nothing in it is run",
    )
    .argument("<file>", "a .keras or .h5 file, a model.json, or a folder with a model.json or saved_model.pb")
    .option("--json", "print the facts as JSON, for other programs")
    .option("--html <file>", "also write them as a page for the browser")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (file: string, options) => {
      const { inspectCommand } = await import("./commands/inspect.js");
      exitWith(await inspectCommand(file, options));
    });

  frostline
    .command("report")
    .description("make grades and pages of a run anew from its stored evidence; nothing is run")
    .argument("<folder>", "folder that `frostline grade` wrote")
    .option("-r, --rubric <rubric>", "judge by this changed rubric instead of the stored one")
    .action(async (folder: string, options) => {
      const { reportCommand } = await import("./commands/report.js");
      exitWith(await reportCommand(folder, options));
    });

  frostline
    .command("regrade")
    .alias("judge")
    .description("judge a stored run by a changed rubric: who moved, with history and undo; nothing is run")
    .argument("<folder>", "folder that `frostline grade` wrote")
    .option("-r, --rubric <rubric>", "the changed rubric (default: the one the run has)")
    .option("--times <file>", "CSV or JSON with submission, time, attempts: what lateness is reckoned from")
    .option("--manual <file>", "CSV or JSON with submission, item, points, comment: points a person gives")
    .option("--reason <text>", "why, for the history", reason)
    .option("--undo", "take the newest change back")
    .option("--history", "list the changes")
    .action(async (folder: string, options) => {
      const { regradeCommand } = await import("./commands/regrade.js");
      exitWith(await regradeCommand(folder, options));
    });

  frostline
    .command("compare")
    .description(
      "hold a submission of a stored run against another one, or a baseline, image by image; nothing is run",
    )
    .argument("<folder>", "folder that `frostline grade` wrote")
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
      const { compareCommand } = await import("./commands/compare.js");
      exitWith(await compareCommand(folder, one, other, options));
    });

  frostline
    .command("doctor")
    .description("say which parts work, what it costs to be without one, and how to get it")
    .action(async () => {
      const { doctorCommand } = await import("./commands/doctor.js");
      exitWith(await doctorCommand());
    });

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
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .option("-y, --yes", "ask nothing: take the default of what no option says")
    .action(async (options) => {
      const { rubricNew } = await import("./commands/rubric-new.js");
      exitWith(await rubricNew(options));
    });
  rubric
    .command("explain")
    .description("print the rubric as a page for students")
    .argument("<rubric>", "rubric file, or the id of one in rubrics/")
    .option("--html <file>", "write it as a page for the browser")
    .option("--for-check <file>", "write the rubric without hidden thresholds, for students to check by")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (name: string, options) => {
      const { rubricExplain } = await import("./commands/rubric.js");
      exitWith(await rubricExplain(name, options));
    });
  rubric
    .command("check")
    .description("warn of bars that the data cannot tell apart and items that nothing can decide")
    .argument("<rubric>", "rubric file, or the id of one in rubrics/")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (name: string, options) => {
      const { rubricCheck } = await import("./commands/rubric.js");
      exitWith(await rubricCheck(name, options));
    });
  rubric
    .command("test")
    .description("try the rubric with single mistakes in a right solution: each must cost what it should")
    .argument("<rubric>", "rubric file, or the id of one in rubrics/")
    .option("--reference <path>", "a right solution: submission, folder of a run, or file of evidence")
    .option("--files", "also put mistakes into the bytes of its saved model, read and predicted in jails")
    .option("--examples [folder]", "also grade example submissions and compare with their expected grades")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (name: string, options) => {
      const { rubricTest } = await import("./commands/rubric.js");
      exitWith(await rubricTest(name, options));
    });

  const store = frostline.command("store").description("data sets and pretrained bases");
  store
    .command("list")
    .description("list what is there")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (options) => {
      const { storeList } = await import("./commands/store.js");
      exitWith(await storeList(options));
    });
  store
    .command("add")
    .description("add a data set (folder per class, .npz) or a base (model.json)")
    .argument("<source>", "folder or file")
    .option("--name <name>", "name in the store")
    .option("--title <title>", "name in reports")
    .option("--seed <number>", "seed of the split", Number)
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (source: string, options) => {
      const { storeAdd } = await import("./commands/store.js");
      exitWith(await storeAdd(source, options));
    });
  store
    .command("pull")
    .description("download the published weights of a network of keras.applications, and add them as a base")
    .argument("[name]", "a network such as vgg16, one of its variants, or the name of its weights file")
    .option("--list", "list what can be pulled")
    .option(
      "--from <address>",
      "folder that mirrors the files; their published hashes are checked all the same",
    )
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (name: string | undefined, options) => {
      const { storePull } = await import("./commands/store.js");
      exitWith(await storePull(name, options));
    });
  store
    .command("verify")
    .description("compare every file with its recorded hash")
    .option("--store <folder>", "folder of data sets and checkpoints you added")
    .action(async (options) => {
      const { storeVerify } = await import("./commands/store.js");
      exitWith(await storeVerify(options));
    });
  return frostline;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("Expected a whole number of 1 or more.");
  return number;
}

function percent(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number <= 100)) throw new InvalidArgumentError("Expected a percentage from 0 to 100.");
  return number;
}

function reason(text: string): string {
  if (text.length > 2000) throw new InvalidArgumentError("Expected at most 2,000 characters.");
  return text;
}

/** Whoever reads what is printed may stop reading (`| head`); the work and its exit code stay the same. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}

/** Runs the command line and sets the exit code: 0 graded, 1 usage or rubric, 2 pending or harness, 3 below the bar. */
export async function main(argv: readonly string[]): Promise<void> {
  outliveReaders();
  try {
    await program().parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return exitWith(error.exitCode === 0 ? 0 : 1);
    const { explainError } = await import("./explain-error.js");
    exitWith(explainError(error));
  }
}
