import type { CatalogueEntry } from "./entry.js";

const entry = (what: string, expected: string, next: string): CatalogueEntry => ({
  blame: "harness",
  what,
  expected,
  next,
});

/** Faults of Frostline or of the machine it runs on. They never cost a student points. */
export const HARNESS_FAULTS = {
  "sandbox-unavailable": entry(
    "The sandbox cannot be used: {reason}.",
    "A working bubblewrap jail.",
    "{fix} No submission was run.",
  ),
  "sandbox-failed": entry(
    "The sandbox failed while it ran a submission: {reason}.",
    "A jail that starts and ends as asked.",
    "Run `frostline doctor`, then grade again; finished results are kept.",
  ),
  "native-missing": entry("{part} is not set up: {reason}.", "A finished set-up.", "Run `npm run setup`."),
  "store-corrupt": entry(
    "`{file}` in the store {why}.",
    "The content recorded when it was added: {expected}.",
    "Run `frostline store verify`, then add the data set or checkpoint again.",
  ),
  "output-unwritable": entry(
    "`{path}` cannot be written: {why}.",
    "A folder that can be written, with free space.",
    "Free the space or choose another folder with `--out`; results already written are kept.",
  ),
  "kind-unsupported": entry(
    "Submissions of kind {kind} cannot be run here: {reason}.",
    "{expected}.",
    "{hint}",
  ),
  "checkpoint-stand-in": entry(
    "The checkpoint {name} is not in the store, so a stand-in with random weights was used.",
    "The published weights.",
    "Run `frostline store pull {name}` on a connected machine and grade again.",
  ),
  cancelled: entry(
    "The run was stopped before this submission was graded.",
    "A run to its end.",
    "Run the same command again; it goes on where it stopped.",
  ),
  internal: entry(
    "Frostline itself failed: {message}",
    "No failure of ours.",
    "Please report it with the output of `frostline doctor`. No points are lost.",
  ),
} as const satisfies Record<string, CatalogueEntry>;
