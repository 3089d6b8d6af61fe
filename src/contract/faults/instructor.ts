import type { CatalogueEntry } from "./entry.js";

const entry = (what: string, expected: string, next: string): CatalogueEntry => ({
  blame: "instructor",
  what,
  expected,
  next,
});

/** Faults of the rubric, the data or the way Frostline was called. */
export const INSTRUCTOR_FAULTS = {
  "option-invalid": entry("{option} is {found}.", "{expected}.", "{hint}"),
  "file-missing": entry("`{file}` does not exist.", "{expected}.", "Check the path."),
  "file-unreadable": entry(
    "`{file}` cannot be read: {why}.",
    "A file you may read.",
    "Check its permissions.",
  ),
  "no-submissions": entry(
    "No submission was found in {folders}.",
    "A folder for each submission, or one submission's own folder or zip archive.",
    "Name the folder that holds the submissions.",
  ),
  "name-unmatched": entry(
    "`{option} {pattern}` fits none of the {total} submissions.",
    "The name of a submission's folder or archive, or a pattern such as `anna*`.",
    "{hint}",
  ),
  "none-chosen": entry(
    "`--only` and `--skip` together leave none of the {total} submissions.",
    "At least one submission to grade.",
    "Remove one of the two.",
  ),
  "submission-duplicate": entry(
    "Two submissions are called `{id}`: {first} and {second}.",
    "Names that differ by more than upper and lower case; the name is all that tells submissions apart.",
    "Rename or remove one of them, or grade the two folders one after the other.",
  ),
  "nothing-to-undo": entry(
    "The run in `{folder}` was never judged by another rubric.",
    "A run with a history; `frostline regrade {folder} --history` lists it.",
    "There is nothing to take back.",
  ),
  "answers-missing": entry(
    "`{submission}` has no answers to compare: {why}",
    "Submissions whose accuracy on the hidden images was measured, with their answers kept image by image.",
    "Compare another one, or grade it again.",
  ),
  "answers-unpaired": entry(
    "`{one}` and `{other}` did not answer the same images: {found}.",
    "Two submissions graded on the same split of one data set.",
    "Grade both again in one run.",
  ),
  "json-unreadable": entry("`{file}` is not JSON: {why}.", "A JSON file.", "Correct the file at that place."),
  "json-invalid": entry("`{file}` at `{path}`: {found}.", "{expected}.", "{hint}"),
  "table-unreadable": entry(
    "`{file}` cannot be read as a table: {why}.",
    "CSV with a header line, or a JSON list of objects.",
    "Correct the file, or export it again.",
  ),
  "given-invalid": entry("`{file}` names {found}.", "{expected}.", "{hint}"),
  "classes-unfit": entry(
    "The data set `{dataset}` has {classes} classes.",
    "{expected} classes, as the rubric's `data.classes` asks.",
    "Take another data set, or change the rubric.",
  ),
  "rubric-grader": entry(
    "The rubric asks for the grader `{grader}`, which does not exist.",
    "One of {known}.",
    "{hint}",
  ),
  "reference-unfit": entry(
    "Mistakes cannot be put into the files of {name}: {why}.",
    "A right solution whose run kept one model, as `model.save` of TensorFlow.js writes it.",
    "Name such a submission with `--reference`; mistakes in evidence alone need no files.",
  ),
  "dataset-missing": entry("The data set `{name}` is not in the store.", "One of {known}.", "{hint}"),
  "dataset-invalid": entry("The data set `{name}` cannot be used: {why}.", "{expected}.", "{hint}"),
  "base-missing": entry("The base `{name}` is not in the store.", "One of {known}.", "{hint}"),
  "base-invalid": entry("The base `{name}` cannot be used: {why}.", "{expected}.", "{hint}"),
  "data-not-offered": entry(
    "The program asked for the data set {name}, which this assignment does not offer.",
    "The data set {known}, which lies under `data/`.",
    "Add it to the store with `frostline store add` and name it in the rubric's `data.dataset`, or have the program read `data/train`.",
  ),
  "base-not-offered": entry(
    "The program asked for the base at {address}, which this assignment does not offer.",
    "One of {known}.",
    "Add it to the store with `frostline store add`, and name it in the rubric's `data.bases`.",
  ),
} as const satisfies Record<string, CatalogueEntry>;
