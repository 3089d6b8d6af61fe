import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  sampleAccuracy,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../../graders/case-evidence.js";
import { parse, type Rubric, Run } from "../../src/contract/index.js";
import { rubricHash } from "../../src/judge/index.js";
import { evidenceOf, sha256 } from "../judge/evidence-of.js";

/** A rubric of three items that the sample evidence decides. */
export const STORED_RUBRIC: Rubric = {
  id: "stored",
  title: "Stored evidence",
  data: { dataset: "emoji", bases: ["efficientnet-lite0-stage5"], imageSize: 64 },
  items: [
    { grader: "pretrained-base", points: 2 },
    { grader: "frozen-base", points: 4, options: { phase: "all" } },
    { grader: "validation-accuracy", points: 4, options: { threshold: 0.8 } },
  ],
};

/** A run folder as `grade` leaves it but for its pages: each submission with its number of right answers of 191. */
export async function storeRun(folder: string, right: Record<string, number>): Promise<void> {
  await mkdir(join(folder, "evidence"), { recursive: true });
  const ids = Object.keys(right);
  const run = parse(
    Run,
    {
      schema: "frostline/run/1",
      frostline: "0.1.0",
      rubric: STORED_RUBRIC,
      rubricHash: rubricHash(STORED_RUBRIC, sha256),
      dataset: "emoji",
      bases: ["efficientnet-lite0-stage5"],
      isolation: "bubblewrap",
      backend: "wasm",
      stamp: null,
      submissions: ids.map((id) => ({ id, name: id })),
    },
    "the test's run",
  );
  await writeFile(join(folder, "run.json"), JSON.stringify(run));
  for (const [id, correct] of Object.entries(right)) {
    const evidence = evidenceOf({
      structure: sampleStructure(),
      weights: sampleWeights(),
      phases: samplePhases([samplePhase(["head"])]),
      heldOut: sampleAccuracy(correct, 191),
    });
    const stored = { ...evidence, submission: { ...evidence.submission, id } };
    await writeFile(join(folder, "evidence", `${id}.json`), JSON.stringify(stored));
  }
}
