import { expect, it } from "vitest";
import type { MutantResult } from "../../src/harness/rubric-mutants.js";
import { testRubric } from "../../src/harness/rubric-test.js";
import { rubricTestText } from "../../src/harness/rubric-test-text.js";
import { ROOT } from "../cli/frostline.js";

it("says of a mistake that evidence shows and its file does not where the gap is", async () => {
  const test = await testRubric({ root: ROOT, rubric: "structure-only" });
  const unseen: MutantResult = {
    id: "random-base",
    title: "the base is none",
    outcome: "survived",
    lost: [],
    blind: [{ id: "pretrained-base", why: "found: a base." }],
    unintended: [],
    graders: ["pretrained-base"],
  };
  const text = rubricTestText({ ...test, fileMutants: [unseen], passed: false }, 100);
  expect(text).toContain(`
In the bytes of its saved model, read and predicted in jails (1)


Survived: what is noticed above and not here is a gap in Frostline, not in the rubric (1)
  the base is none
    pretrained-base found: a base.

10 of 11 mistakes that the rubric asks about are noticed.
The rubric does not pass.`);
});
