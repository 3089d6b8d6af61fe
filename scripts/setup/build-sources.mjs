import path from "node:path";
import { runCommand } from "./run-command.mjs";
import { SetupFault } from "./setup-fault.mjs";

/** Compiles the sources into dist, if dist is not already made from them. */
export async function buildSources(root, say) {
  const run = await runCommand(process.execPath, [path.join(root, "scripts", "build.mjs")], { cwd: root });
  if (!run.ok)
    throw new SetupFault(
      "the sources could not be compiled",
      "Correct the errors below, then run `npm run setup` again.",
      run.output,
    );
  say(run.output.trim() || "dist is already made from the current sources");
}
