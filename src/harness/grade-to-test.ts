import { gradeClass } from "./grade-class.js";
import type { RubricTesting } from "./rubric-reference.js";

/** Grades submissions by the rubric that is tested, into a folder of their own. */
export async function gradeToTest(
  { root, rubric, store, signal }: RubricTesting,
  path: string,
  out: string,
  jobs: number,
): Promise<void> {
  await gradeClass({
    root,
    paths: [path],
    rubric,
    out,
    jobs,
    unsafe: false,
    ...(store ? { store } : {}),
    ...(signal ? { signal } : {}),
  });
}
