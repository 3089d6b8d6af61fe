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
  "machine-busy": entry(
    "The program got {had} of its {limit} seconds within {wall} seconds, because other programs used the processors.",
    "A machine that has time for the program.",
    "Grade again when less runs on this machine, or with a smaller `--jobs`; finished results are kept.",
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
  "model-layer": entry(
    "The layer `{layer}` ({class}) cannot be computed from the file alone.",
    "A layer of the framework, or one that the installed Keras can load.",
    "Run `npm run setup` if Keras is missing here. Where the layer needs its program, it is computed when that is handed in too.",
  ),
  "prediction-time": entry(
    "Predicting the unseen images was stopped after {seconds} seconds, when {done} of {total} were done.",
    "A machine on which the network predicts them in the time there is.",
    "The network is slow here: use a faster machine or fewer unseen images, and grade again.",
  ),
  "checkpoint-stand-in": entry(
    "The checkpoint {name} is not among the bases of the assignment, so a stand-in with random weights was used.",
    "The published weights in {file}.",
    "Run `frostline store pull {file}` on a connected machine, name the base it adds in the rubric's `data.bases`, and grade again.",
  ),
  "download-failed": entry(
    "{address} was not downloaded: {why}.",
    "A connection to where the file is published.",
    "Run the same command on a connected machine; it goes on where it stopped. Or fetch {file} elsewhere and run `frostline store add {file}`.",
  ),
  "download-differs": entry(
    "{file} is not the published file: its {algorithm} is {found}.",
    "The published {algorithm} {expected}.",
    "Fetch it again from the publisher's own address. If it differs again, do not use it.",
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
