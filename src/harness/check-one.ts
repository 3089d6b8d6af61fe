import { GRADERS } from "../../graders/index.js";
import type { Report, Run } from "../contract/index.js";
import { findSubmissions } from "../intake/index.js";
import { compileRubric, rubricHash } from "../judge/index.js";
import { KINDS } from "../kinds/index.js";
import { backendOf } from "../models/index.js";
import { openSandbox } from "../sandbox/index.js";
import { openStore } from "../store/index.js";
import { openBaselines } from "./baselines.js";
import { buildReport } from "./build-report.js";
import { runnerVersion } from "./evidence-key.js";
import { evidenceOf } from "./grade-class.js";
import { judgeOne } from "./judge-run.js";
import { openAssignment, readRubric } from "./open-assignment.js";
import { fileId } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { forStudent } from "./student-report.js";
import { VERSION } from "./version.js";

export interface CheckJob {
  root: string;
  path: string;
  rubric: string;
  unsafe: boolean;
  store?: string;
  signal?: AbortSignal;
}

/**
 * One submission as its student may check it: the validation images stand in for the hidden ones, nothing is
 * stored, and the report is the student's.
 */
export async function checkOne(job: CheckJob): Promise<Report> {
  const rubric = await readRubric(job.root, job.rubric);
  const items = compileRubric(rubric, GRADERS, job.rubric);
  const store = openStore({ root: job.root, ...(job.store ? { folder: job.store } : {}) });
  const assignment = await openAssignment(store, rubric);
  const sandbox = await openSandbox({ unsafe: job.unsafe });
  const backend = backendOf(job.root);
  const stamp = job.unsafe ? "UNSANDBOXED" : "SELF-CHECK";
  const name = (await findSubmissions([job.path]))[0]?.id ?? job.path;
  const run: Run = {
    schema: "frostline/run/1",
    frostline: VERSION,
    rubric,
    rubricHash: rubricHash(rubric, sha256),
    dataset: assignment.dataset.ref,
    bases: assignment.bases.map((base) => base.ref),
    isolation: sandbox.id,
    backend,
    stamp,
    submissions: [],
  };
  const { evidence } = await evidenceOf(
    job.path,
    name,
    {
      root: job.root,
      backend,
      assignment,
      kinds: KINDS,
      sandbox,
      folder: null,
      splits: [
        { key: "heldOut", split: "validation" },
        { key: "training", split: "train" },
      ],
      // A student waits for this answer, so nothing is measured that no item asks for.
      baselines: items.some(({ grader }) => grader.needs.includes("baselines"))
        ? openBaselines({
            context: { sandbox, root: job.root },
            assignment,
            split: "validation",
            folder: store.folder,
            backend,
          })
        : null,
      stamp,
      seed: 1,
      ...(job.signal ? { signal: job.signal } : {}),
    },
    {
      assignment,
      runner: runnerVersion(job.root),
      isolation: sandbox.id,
      backend,
      heldOutSplit: "validation",
    },
    () => null,
  );
  return forStudent(buildReport(evidence, judgeOne(evidence, run, GRADERS), run, { id: fileId(name), name }));
}
