import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import {
  baseLayers,
  compareTrained,
  madeNoStep,
  plural,
  trainingPhases,
  wasNeverTrained,
} from "../../src/facts/index.js";
import { NO_STEP, scored, undecided } from "../verdicts.js";
import { byBytes } from "./by-bytes.js";
import { byFlags } from "./by-flags.js";
import { byPhases } from "./by-phases.js";

/** The base kept still while the head was trained. */
export default defineGrader({
  id: "frozen-base",
  title: "Base frozen",
  why: "While the new head is still random, its large errors would destroy what the base has learned.",
  needs: ["structure", "weights"],
  uses: ["phases", "optimizer"],
  options: Type.Object(
    {
      phase: Type.Union([Type.Integer({ minimum: 1, maximum: 9 }), Type.Literal("all")], {
        default: 1,
        description:
          "The phase of training in which the base must be frozen, or `all` for the whole training.",
      }),
      partialFrom: Type.Number({
        minimum: 0,
        maximum: 1,
        default: 1,
        description: "Share of frozen base layers from which points begin to count, rising to all at 1.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, weights, phases, optimizer }, options): Verdict {
    const layers = baseLayers(structure, weights);
    const expected =
      options.phase === "all"
        ? `All ${plural(layers.length, "layer")} of the base frozen throughout`
        : `All ${plural(layers.length, "layer")} of the base frozen in phase ${options.phase}`;
    if (!structure.base) {
      return scored({
        score: 0,
        found: "No pretrained base was recognised in the network, so there was nothing to freeze.",
        expected: "A pretrained base with its layers frozen",
        advice: "Load one of the bases of the assignment, freeze it, and put your own head on it.",
        proof: "proved",
      });
    }
    if (madeNoStep(phases, optimizer)) return undecided(NO_STEP);
    if (wasNeverTrained(phases)) {
      return scored({
        score: 0,
        found: "Nothing was trained, so nothing shows that the base was frozen in training.",
        expected,
        advice: "Freeze the base, compile, and train the head with `fit`.",
        proof: "claimed",
      });
    }
    const question = { structure, weights, optimizer, layers, expected, options };
    const bytes = compareTrained(structure, weights, phases);
    if (bytes && bytes.moved.length === 0) return byBytes(question, bytes);
    if (phases && phases.fits.length > 0) {
      return byPhases(question, bytes, trainingPhases(phases, weights), phases.customSteps);
    }
    return byFlags(question, bytes);
  },
});
