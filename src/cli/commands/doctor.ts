import { examineMachine } from "../../harness/doctor.js";
import { projectRoot } from "../../harness/project-root.js";
import type { ExitCode } from "../exit.js";

/** `frostline doctor`. */
export async function doctorCommand(): Promise<ExitCode> {
  const parts = await examineMachine(projectRoot());
  for (const part of parts) {
    process.stdout.write(`${part.works ? "✓ works  " : "✗ missing"}  ${part.name}: ${part.state}\n`);
    if (!part.works)
      process.stdout.write(`             Without it: ${part.cost}\n             To get it: ${part.fix}\n`);
  }
  return parts.every((part) => part.works || part.optional) ? 0 : 2;
}
