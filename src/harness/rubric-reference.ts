import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { GRADERS } from "../../graders/index.js";
import { Evidence, FrostlineFault, parseJson, type Rubric } from "../contract/index.js";
import { MUTATIONS } from "../facts/index.js";
import { gradeToTest } from "./grade-to-test.js";
import { judgeOne } from "./judge-run.js";
import { openRunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";

export interface RubricTesting {
  root: string;
  /** A rubric's file or id. */
  rubric: string;
  /** A right solution: a submission, a run's folder, or one file of evidence; the stored one where not given. */
  reference?: string;
  /** Also put mistakes into the reference's saved model, which then has to be there. */
  files?: boolean;
  store?: string;
  signal?: AbortSignal;
}

export interface Reference {
  name: string;
  evidence: Evidence;
  /** Of the run that kept its files; null for evidence alone. */
  folder: string | null;
}

/** Paths, among what a run kept of a submission, of descriptions of TensorFlow.js models. */
export const layersModels = ({ objects }: Evidence): string[] =>
  Object.keys(objects).filter((path) => /^model-\d+\/[^/]+\.json$/.test(path));

/**
 * The evidence of a solution that earns what the rubric gives. Only a submission that was never run before is run,
 * in its jail; what is known of it is kept in the cache.
 * @throws FrostlineFault `file-missing` where there is none
 */
export async function findReference(testing: RubricTesting, rubric: Rubric): Promise<Reference> {
  const path = testing.reference;
  if (path === undefined) return storedReference(testing.root, rubric);
  if (path.endsWith(".json")) return readEvidenceFile(path);
  if (existsSync(join(path, "run.json"))) return bestOf(path, rubric);
  return runReference(testing, path, rubric);
}

/** One that comes with the rubric, else the best of the golden run. */
async function storedReference(root: string, rubric: Rubric): Promise<Reference> {
  const own = join(root, "rubrics", "references", rubric.id, "evidence.json");
  if (existsSync(own)) return readEvidenceFile(own);
  return bestOf(join(root, "reports", "sample"), rubric);
}

/**
 * A right solution whose saved model lies beside its evidence. Where none is named it is the one that comes with the
 * rubric, or the best TensorFlow.js program of the golden run, run in its jail.
 */
export async function findFileReference(
  testing: RubricTesting,
  rubric: Rubric,
  reference: Reference,
): Promise<Reference> {
  if (testing.reference !== undefined) return reference;
  const { root } = testing;
  const own = join(root, "rubrics", "references", rubric.id);
  if (existsSync(own)) return runReference(testing, own, rubric);
  const { name } = await bestOf(
    join(root, "reports", "sample"),
    rubric,
    (evidence) => layersModels(evidence).length === 1,
  );
  return runReference(testing, join(root, "submissions", "examples", name), rubric);
}

async function readEvidenceFile(path: string): Promise<Reference> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new FrostlineFault("file-missing", { file: path, expected: "Stored evidence" }, error);
  });
  const evidence = parseJson(Evidence, text, path);
  return { name: evidence.submission.id, evidence, folder: null };
}

/** The submission of a run that earns most; of equals the one with most in it that a mistake could spoil. */
async function bestOf(
  path: string,
  rubric: Rubric,
  fits: (evidence: Evidence) => boolean = () => true,
): Promise<Reference> {
  const folder = openRunFolder(path);
  const { submissions } = await folder.readRun();
  const usable = submissions.flatMap(({ id, name }) => {
    const evidence = folder.readEvidence(id);
    return evidence && fits(evidence)
      ? [{ name, evidence, grade: judgeOne(evidence, { rubric }, GRADERS) }]
      : [];
  });
  const top = Math.max(...usable.map(({ grade }) => grade.earned));
  const [best] = usable
    .filter(({ grade }) => grade.earned === top)
    .map((one) => ({ ...one, spoils: MUTATIONS.filter(({ apply }) => apply(one.evidence) !== null).length }))
    .sort((a, b) => a.grade.pending - b.grade.pending || b.spoils - a.spoils);
  if (!best) {
    throw new FrostlineFault("file-missing", {
      file: join(path, "evidence"),
      expected: "A run with evidence that this version can use",
    });
  }
  return { name: best.name, evidence: best.evidence, folder: path };
}

async function runReference(testing: RubricTesting, path: string, rubric: Rubric): Promise<Reference> {
  const { root } = testing;
  const out = join(root, ".cache", "rubric-tests", sha256(`${rubric.id}:${resolve(path)}`).slice(0, 16));
  await gradeToTest(testing, path, out, 1);
  return bestOf(out, rubric);
}
