import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Static } from "@sinclair/typebox";
import { GRADERS } from "../../graders/index.js";
import { type Grade, parseJson, type Rubric } from "../contract/index.js";
import { compileRubric } from "../judge/index.js";
import { Expectations, unmet } from "./expectation.js";
import { givenInFull } from "./given-in-full.js";
import { gradeToTest } from "./grade-to-test.js";
import { judgeOne } from "./judge-run.js";
import { readRubric } from "./open-assignment.js";
import { judgeFileMutants } from "./rubric-file-mutants.js";
import { judgeMutants, type MutantResult } from "./rubric-mutants.js";
import { findFileReference, findReference, type RubricTesting } from "./rubric-reference.js";
import { openRunFolder } from "./run-folder.js";

export interface ExampleResult {
  name: string;
  earned: number;
  possible: number;
  /** Each difference from what was expected, in words. */
  unmet: string[];
}

export interface RubricTest {
  rubric: Rubric;
  reference: { name: string; grade: Grade };
  mutants: MutantResult[];
  /** The same mistakes in the bytes of the reference's saved model; null where files were not asked for. */
  fileMutants: MutantResult[] | null;
  /** Null where examples were not asked for. */
  examples: ExampleResult[] | null;
  /** Nothing survived, nothing was lost that should not be, and every example got what was expected. */
  passed: boolean;
}

/**
 * Tests a rubric like code: against single mistakes put into the evidence of a right solution, and, where asked,
 * against example submissions with expected grades. Examples are run in their jails unless their evidence is known.
 * @throws FrostlineFault for a rubric, reference or example that cannot be used
 */
export async function testRubric(testing: RubricTesting & { examples?: string }): Promise<RubricTest> {
  const rubric = await readRubric(testing.root, testing.rubric);
  const items = compileRubric(rubric, GRADERS, testing.rubric);
  const reference = await findReference(testing, rubric);
  const { name, evidence } = reference;
  const given = givenInFull(items, evidence.submission.id);
  const grade = judgeOne(evidence, { rubric, given }, GRADERS);
  const mutants = judgeMutants(evidence, rubric);
  const fileMutants = testing.files
    ? await judgeFileMutants(testing, rubric, await findFileReference(testing, rubric, reference))
    : null;
  const examples =
    testing.examples === undefined ? null : await judgeExamples(testing, testing.examples, rubric);
  return {
    rubric,
    reference: { name, grade },
    mutants,
    fileMutants,
    examples,
    passed:
      grade.earned >= grade.possible &&
      [...mutants, ...(fileMutants ?? [])].every(
        (mutant) => mutant.outcome !== "survived" && mutant.unintended.length === 0,
      ) &&
      (examples ?? []).every((example) => example.unmet.length === 0),
  };
}

/** `folder` holds submissions or is a run's; what each must get lies in `expected` in its place in the path. */
async function judgeExamples(
  testing: RubricTesting,
  folder: string,
  rubric: Rubric,
): Promise<ExampleResult[]> {
  const { root } = testing;
  const graded = existsSync(join(folder, "run.json"));
  const out = graded ? folder : join(root, ".cache", "rubric-tests", `examples-${rubric.id}`);
  if (!graded) {
    await gradeToTest(testing, folder, out, 2);
  }
  const place = graded
    ? join(root, "submissions", "expected")
    : folder.replace(/examples(?=[^/]*\/?$)/, "expected");
  const run = openRunFolder(out);
  const { submissions } = await run.readRun();
  const results = submissions.map(async ({ id, name }): Promise<ExampleResult[]> => {
    const evidence = run.readEvidence(id);
    const expected = (await expectationsOf(join(place, `${name}.json`)))[rubric.id];
    if (!evidence || !expected) return [];
    const grade = judgeOne(evidence, { rubric }, GRADERS);
    const { earned, possible } = grade;
    return [{ name, earned, possible, unmet: unmet(expected, grade, evidence) }];
  });
  return (await Promise.all(results)).flat();
}

async function expectationsOf(file: string): Promise<Static<typeof Expectations>> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  return parseJson(Expectations, text, file);
}
