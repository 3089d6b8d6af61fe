import { Command, CommanderError } from "commander";
import { VERSION } from "../harness/version.js";
import { declareGrading } from "./declare/grading.js";
import { declareLooking } from "./declare/looking.js";
import { declareRubrics } from "./declare/rubrics.js";
import { declareStoredRuns } from "./declare/stored-runs.js";
import { declareStores } from "./declare/stores.js";
import { exitWith } from "./exit.js";

/** Nothing heavy is imported here: each command loads what it needs when it is called. */
function program(): Command {
  const frostline = new Command("frostline")
    .description("Grades transfer-learning homework: proves what was frozen, measures what was learned.")
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride();
  declareGrading(frostline);
  declareLooking(frostline);
  declareStoredRuns(frostline);
  declareRubrics(frostline);
  declareStores(frostline);
  return frostline;
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
