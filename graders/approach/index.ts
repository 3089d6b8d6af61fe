import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { parsed, scored, undecided } from "../verdicts.js";
import { recogniseApproach } from "./recognise-approach.js";
import { APPROACHES, type Approach, describeApproach, howTo } from "./words.js";

/** Which kind of transfer learning was done. */
export default defineGrader({
  id: "approach",
  title: "Approach",
  why: "Feature extraction, fine-tuning and full training fit different amounts of data; the assignment asks for one of them.",
  needs: ["structure", "weights"],
  uses: ["phases", "optimizer"],
  options: Type.Object(
    {
      expect: Type.Union(
        APPROACHES.map((name) => Type.Literal(name)),
        {
          default: "feature-extraction",
          description:
            "feature-extraction: the base frozen throughout. fine-tuning: the head first or part of the base only. full-training: all of the base from the start.",
        },
      ),
    },
    { additionalProperties: false },
  ),
  grade(evidence, options): Verdict {
    const expect = options.expect as Approach;
    const recognised = recogniseApproach(evidence);
    if (recognised.state === "unknown") return undecided(recognised.why);
    const { approach, proof, why } = recognised;
    return scored({
      score: approach === expect ? 1 : 0,
      found: `This is ${describeApproach(approach)}: ${why.replace(/\.$/, "")}.`,
      expected: `${describeApproach(expect)[0]?.toUpperCase()}${describeApproach(expect).slice(1)}`,
      advice: howTo(expect, evidence.structure.runtime),
      proof,
      details: [parsed("Base", evidence.structure.base?.family ?? "none")],
    });
  },
});
