import type { Command } from "commander";
import { exitWith } from "../exit.js";
import { STORE } from "./arguments.js";

/** `inspect` and `doctor`: what only looks. */
export function declareLooking(frostline: Command): void {
  frostline
    .command("inspect")
    .description(
      "show what one saved model holds: layers, frost line, training, origin; nothing in it is run",
    )
    .argument("<file>", "a .keras or .h5 file, a model.json, or a folder with a model.json or saved_model.pb")
    .option("--json", "print the facts as JSON, for other programs")
    .option("--html <file>", "also write them as a page for the browser")
    .addOption(STORE)
    .action(async (file: string, options) => {
      const { inspectCommand } = await import("../commands/inspect.js");
      exitWith(await inspectCommand(file, options));
    });

  frostline
    .command("doctor")
    .description("say which parts work, what it costs to be without one, and how to get it")
    .action(async () => {
      const { doctorCommand } = await import("../commands/doctor.js");
      exitWith(await doctorCommand());
    });
}
