import { relative } from "node:path";
import type { Inspection } from "../../contract/index.js";
import { inspectModel } from "../../harness/inspect-model.js";
import { projectRoot } from "../../harness/project-root.js";
import type { ExitCode } from "../exit.js";
import { terminalStyle } from "../terminal-style.js";

export interface InspectOptions {
  json?: boolean;
  html?: string;
  store?: string;
}

/** `frostline inspect`: one saved model, read and shown; nothing in it is run. */
export async function inspectCommand(source: string, options: InspectOptions): Promise<ExitCode> {
  // Loaded while the jail reads.
  const showing = import("../../harness/show-inspection.js");
  let inspection: Inspection;
  try {
    inspection = await inspectModel({
      root: projectRoot(),
      source,
      ...(options.store ? { store: options.store } : {}),
    });
  } catch (error) {
    // The file is anybody's, not a student's.
    const { explainError } = await import("../explain-error.js");
    return explainError(error, "What to do");
  }
  const { jsonInspection, terminalInspection } = await showing;
  const text = options.json
    ? jsonInspection(inspection)
    : terminalInspection(inspection, terminalStyle(process.stdout));
  process.stdout.write(`${text}\n`);
  if (options.html) {
    const { writeInspectionPage } = await import("../../harness/write-inspection-page.js");
    writeInspectionPage(options.html, inspection);
    process.stderr.write(`Page: ${relative("", options.html)}\n`);
  }
  return 0;
}
