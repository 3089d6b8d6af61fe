import { readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { GRADERS } from "../../graders/index.js";
import { ANSWER_GRADERS } from "../../graders/mutants.js";
import { type Evidence, FrostlineFault, type Rubric, type SavedModel } from "../contract/index.js";
import { FILE_MUTATIONS, fileSeenAnew, openLayersFile, writeLayersFile } from "../facts/index.js";
import { gradeToTest } from "./grade-to-test.js";
import { judgeOne } from "./judge-run.js";
import { asksAbout, judgeMutant, type MutantResult } from "./rubric-mutants.js";
import { layersModels, type Reference, type RubricTesting } from "./rubric-reference.js";
import { openRunFolder, type RunFolder } from "./run-folder.js";
import { writeAtomic } from "./write-atomic.js";

/** The saved model without a mistake in it, handed in beside the others. */
const UNTOUCHED = "untouched";

/**
 * Every mistake that the rubric asks about, put into the bytes of the reference's saved model, handed in as a submission,
 * read and predicted in its jails, and judged beside what the reference's program said. What was known of the same bytes
 * is not run again.
 * @throws FrostlineFault where the reference's model is not there, or none of TensorFlow.js
 */
export async function judgeFileMutants(
  testing: RubricTesting,
  rubric: Rubric,
  { evidence, folder }: Reference,
): Promise<MutantResult[]> {
  const { root } = testing;
  const model = await savedModel(evidence, folder);
  const file = openLayersFile(model);
  const changed = FILE_MUTATIONS.filter(({ id }) => asksAbout(rubric, id)).map((mutation) => ({
    mutation,
    file: mutation.apply(file, evidence),
  }));
  const place = join(root, ".cache", "rubric-tests", `files-${rubric.id}-${evidence.key.slice(0, 16)}`);
  const submissions = join(place, "submissions");
  // What an earlier version put there is not tried again.
  await rm(submissions, { recursive: true, force: true });
  handIn(model, join(submissions, UNTOUCHED));
  for (const one of changed) {
    if (one.file) handIn(writeLayersFile(one.file), join(submissions, one.mutation.id));
  }
  const out = join(place, "run");
  await gradeToTest(testing, submissions, out, 2);
  const run = openRunFolder(out);
  const right = judgeOne(seen(run, UNTOUCHED, evidence), { rubric }, GRADERS);
  return changed.map(({ mutation, file: made }) =>
    judgeMutant(
      mutation,
      made && seen(run, mutation.id, evidence),
      rubric,
      right,
      mutation.answers ? ANSWER_GRADERS : [],
    ),
  );
}

function handIn({ files }: SavedModel, folder: string): void {
  for (const [name, bytes] of files) writeAtomic(join(folder, name), bytes);
}

function seen(run: RunFolder, id: string, reference: Evidence): Evidence {
  const read = run.readEvidence(id);
  // Only a run that was stopped leaves one of its submissions out.
  if (!read) throw new FrostlineFault("cancelled");
  return fileSeenAnew(reference, read);
}

/** The one model of the reference, as its run kept it. */
async function savedModel(evidence: Evidence, folder: string | null): Promise<SavedModel> {
  const kept = Object.entries(evidence.objects).filter(([path]) => path.startsWith("model-"));
  const main = layersModels(evidence);
  const unfit = (why: string): FrostlineFault =>
    new FrostlineFault("reference-unfit", { name: evidence.submission.id, why });
  if (main.length !== 1) throw unfit(`it gave ${main.length} models of TensorFlow.js`);
  const read = kept.map(async ([path, hash]): Promise<[string, Uint8Array]> => {
    const bytes = folder && (await readFile(join(folder, "objects", hash)).catch(() => null));
    if (!bytes) throw unfit("its model was not kept beside its evidence");
    return [basename(path), bytes];
  });
  return { main: basename(String(main[0])), files: new Map(await Promise.all(read)) };
}
