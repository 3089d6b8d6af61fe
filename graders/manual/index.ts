import { Type } from "@sinclair/typebox";
import { defineGrader } from "../../src/contract/index.js";
import { undecided } from "../verdicts.js";

/** What only a person can judge. It asks for no evidence, and the judge puts the points in that a person gave. */
export default defineGrader({
  id: "manual",
  title: "Judged by a person",
  why: "Some things only a person can judge: a report, an explanation, the choice that was made.",
  needs: [],
  uses: [],
  options: Type.Object(
    {
      asks: Type.String({
        default: "What your teacher looks at",
        maxLength: 500,
        description: "What the person looks at, in words for students.",
      }),
    },
    { additionalProperties: false },
  ),
  grade: () => undecided("A person gives these points and has not done so yet."),
});
