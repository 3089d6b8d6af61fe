import type { CatalogueEntry } from "./entry.js";

const entry = (what: string, expected: string, next: string): CatalogueEntry => ({
  blame: "submission",
  what,
  expected,
  next,
});

/** Faults of what was handed in: its files, its program, the run of its program. */
export const SUBMISSION_FAULTS = {
  "intake-empty": entry(
    "The submission holds no files.",
    "A folder or zip archive with a program or a saved model.",
    "Hand in the folder that holds your program.",
  ),
  "intake-link": entry(
    "`{file}` is a link.",
    "Plain files and folders only.",
    "Replace the link by a copy of the file it points to.",
  ),
  "intake-special-file": entry(
    "`{file}` is not a plain file or folder ({kind}).",
    "Plain files and folders only.",
    "Remove it and hand in again.",
  ),
  "intake-odd-name": entry(
    "The file name `{file}` cannot be used: {why}.",
    "Names of letters, digits and ordinary punctuation, without `..`, control characters or two names that differ only in case.",
    "Rename the file and hand in again.",
  ),
  "intake-too-many-files": entry(
    "The submission holds more than {limit} files.",
    "At most {limit} files.",
    "Leave out data sets, `node_modules` and virtual environments.",
  ),
  "intake-too-large": entry(
    "`{file}` brings the submission to {bytes} bytes.",
    "At most {limit} bytes in all.",
    "Leave out data sets and checkpoints; the assignment provides them.",
  ),
  "intake-archive-broken": entry(
    "The archive `{file}` cannot be read: {why}.",
    "A zip archive as your system's own tools make it.",
    "Make the archive again and open it once to check.",
  ),
  "intake-archive-bomb": entry(
    "The archive `{file}` unpacks to far more than its size ({why}).",
    "An archive that unpacks to at most {limit} bytes.",
    "Hand in only your own program.",
  ),
  "entry-missing": entry(
    "No program or saved model was found among {files}.",
    "{expected}.",
    "Put the program at the top of the submission, under that name.",
  ),
  "entry-ambiguous": entry(
    "Several programs could be the one to run: {files}.",
    "One program, named {expected}.",
    "Name the one to run `main`, or remove the others.",
  ),
  "program-syntax": entry(
    "{file}, line {line}: {message}",
    "A program without syntax errors.",
    "Correct the line and run the program once on your own machine.",
  ),
  "program-error": entry(
    "The program stopped with an error at {file}, line {line}: {message}",
    "A program that runs to its end.",
    "Correct the error; the line is in your own file.",
  ),
  "program-import": entry(
    "`{module}` is not available here. {hint}",
    "The framework, the modules that the page on handing in lists, and your own files.",
    "Use what that page lists instead; if it is a file of your own, hand it in beside your program.",
  ),
  "program-file": entry(
    "The program needs `{name}`, which is not there ({file}, line {line}).",
    "A program that brings the files it reads, and takes its pictures from `data/`.",
    "Hand the file in beside your program, make the folder you write to (`os.makedirs`), or read what the assignment provides.",
  ),
  "program-shape": entry(
    "{file}, line {line} gives a layer or a loss a shape that does not fit: {message}",
    "Inputs, labels and layers whose shapes fit each other.",
    "Print the shapes before this line (`x.shape`, `y.shape`, `model.summary()`) and compare them with the message.",
  ),
  "notebook-unreadable": entry(
    "`{file}` cannot be read as a notebook: {why}.",
    "A notebook as Jupyter or Colab saves it.",
    "Download it again as `.ipynb`, open it once to check, and hand it in again.",
  ),
  "program-never-settles": entry(
    "The program waits for something that never happens.",
    "A program that ends by itself.",
    "Await every promise you make and call `main()` at the end of the file.",
  ),
  "program-crashed": entry(
    "The program was ended by the system ({why}).",
    "A program that runs to its end.",
    "Look for unbounded recursion or very large arrays.",
  ),
  "time-limit": entry(
    "The program was stopped after {seconds} seconds{where}.",
    "A run within {limit} seconds, in which waiting for other programs does not count.",
    "Train for fewer epochs, compute the features of the frozen base once, and check that no loop runs for ever.",
  ),
  "memory-limit": entry(
    "The program was stopped when it used more than {limit} MB of memory{where}.",
    "A run within {limit} MB.",
    "Use smaller batches and arrays; in TensorFlow.js, dispose tensors you no longer need (`tf.tidy`).",
  ),
  "output-limit": entry(
    "The program was stopped after printing or writing more than {limit} bytes.",
    "At most {limit} bytes of output.",
    "Print once an epoch, not once a batch or image.",
  ),
  "result-invalid": entry(
    "What the program handed back cannot be read: {why}.",
    "A model saved with `model.save(...)` or returned from `main()`.",
    "Save or return the trained model and write nothing else to the result.",
  ),
} as const satisfies Record<string, CatalogueEntry>;
