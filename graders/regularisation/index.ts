import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { listed } from "../../src/facts/index.js";
import { parsed, scored } from "../verdicts.js";
import { type Means, measuresAgainstOverfitting } from "./measures-against-overfitting.js";

const MEANS = ["dropout", "weight-decay", "early-stopping", "augmentation"] as const;

/** Something done against learning by heart. */
export default defineGrader({
  id: "regularisation",
  title: "Regularisation",
  why: "A head with many parameters and few images learns the images by heart unless something holds it back.",
  needs: ["structure"],
  uses: ["phases", "optimizer"],
  options: Type.Object(
    {
      accept: Type.Array(Type.Union(MEANS.map((name) => Type.Literal(name))), {
        default: ["dropout", "weight-decay", "early-stopping"],
        description: "Which means count.",
      }),
      atLeast: Type.Integer({
        minimum: 1,
        maximum: MEANS.length,
        default: 1,
        description: "How many different means earn all points.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, phases, optimizer }, { accept, atLeast }): Verdict {
    const seen = measuresAgainstOverfitting(structure, phases, optimizer).filter((one) =>
      accept.includes(one.means),
    );
    const kinds = new Set(seen.map((one) => one.means));
    const all = accept as readonly Means[];
    return scored({
      score: Math.min(1, kinds.size / atLeast),
      found:
        seen.length === 0
          ? "Nothing was seen that holds the head back."
          : `Found ${listed(seen.map((one) => one.words))}.`,
      expected: `At least ${atLeast} of ${listed(all)}`,
      advice:
        "Put a Dropout layer in front of the last layer, give the dense layer an L2 regulariser, or stop training when the validation loss no longer falls.",
      proof: seen.length > 0 && seen.every((one) => one.fromFile) ? "proved" : "claimed",
      details: seen.map((one) => parsed(one.means, one.words)),
    });
  },
});
