import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { fall, majorityRate, newcombe, rate } from "../../src/facts/index.js";
import { Bound, Compare, Confidence, Rate } from "../options.js";
import { measured, scored } from "../verdicts.js";

/** How well the network holds on images from elsewhere. */
export default defineGrader({
  id: "domain-shift",
  title: "Images from elsewhere",
  why: "Cameras, artists and clinics differ; a network that knows only one of them fails at the next.",
  needs: ["heldOut", "shifted"],
  uses: [],
  options: Type.Object(
    {
      maxDrop: Rate(0.15, "Loss of accuracy against ordinary unseen images that still earns all points."),
      partialTo: Bound("Loss at which no points are left; null for all or none.", { minimum: 0, maximum: 1 }),
      compare: Compare,
      confidence: Confidence,
    },
    { additionalProperties: false },
  ),
  grade({ heldOut, shifted }, { maxDrop, partialTo, compare, confidence }): Verdict {
    const expected = `A loss of at most ${rate(maxDrop)}${compare === "interval" ? ", or not measurably more" : ""}`;
    const trivial = majorityRate(heldOut);
    if (heldOut.correct / heldOut.n <= trivial) {
      return scored({
        score: 0,
        found: `On ordinary unseen images the network is no better (${rate(heldOut.correct / heldOut.n)}) than always answering the largest class (${rate(trivial)}), so there is nothing to lose elsewhere.`,
        expected,
        advice:
          "Make it right on ordinary images first: check the learning rate, the preprocessing and that `fit` really trains the head.",
        proof: "proved",
      });
    }
    const drop = newcombe(heldOut, shifted, confidence, "one");
    const counted = compare === "interval" ? drop.low : drop.difference;
    return scored({
      score: fall(counted, maxDrop, partialTo ?? maxDrop),
      found: `${rate(shifted.correct / shifted.n)} on images from elsewhere (n = ${shifted.n}) against ${rate(heldOut.correct / heldOut.n)} on ordinary unseen ones (n = ${heldOut.n}): ${drop.difference > 0 ? `${rate(drop.difference)} less` : "no loss"}.`,
      expected,
      advice:
        "Vary colours, sizes and positions of the training images, and open fewer layers of the base: what the base knows is more general than what few images teach.",
      proof: "proved",
      details: [
        measured(
          `Loss, bounds each with confidence ${confidence}`,
          `${drop.difference.toFixed(2)} (${drop.low.toFixed(2)} to ${drop.high.toFixed(2)})`,
        ),
      ],
      bar: { on: "shifted", value: Math.max(0, heldOut.correct / heldOut.n - maxDrop) },
    });
  },
});
