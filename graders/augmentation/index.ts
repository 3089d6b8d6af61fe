import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { listed } from "../../src/facts/index.js";
import { claimed, parsed, scored, undecided } from "../verdicts.js";

/** Training images varied at random. */
export default defineGrader({
  id: "augmentation",
  title: "Data augmentation",
  why: "Turned, flipped and shifted copies teach the network what does not matter, which helps most with little data.",
  needs: ["structure"],
  uses: ["phases"],
  options: Type.Object(
    {
      whenNotSeen: Type.Union([Type.Literal("pending"), Type.Literal("zero")], {
        default: "pending",
        description:
          "What counts when none is seen. It may have happened in the data pipeline, so by default a person looks.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, phases }, { whenNotSeen }): Verdict {
    const expected = "Training images varied at random, validation images left as they are";
    const layers = structure.augmentation;
    if (layers.length > 0) {
      return scored({
        score: 1,
        found: `The network varies its training images by ${listed(layers)}; these layers do nothing when it predicts.`,
        expected,
        proof: "proved",
        details: [parsed("Augmentation layers", listed(layers, 8))],
      });
    }
    const told = phases?.fits.map((fit) => fit.augmentation).find((one) => one !== null);
    if (told !== undefined) {
      return scored({
        score: 1,
        found: `Training images were varied in the data pipeline: ${told}.`,
        expected,
        proof: "claimed",
        details: [claimed("Augmentation", told)],
      });
    }
    if (whenNotSeen === "pending") {
      return undecided(
        "No augmentation is seen in the network; whether the data pipeline did any, a person must look up.",
      );
    }
    return scored({
      score: 0,
      found: "No augmentation was seen in the network or in training.",
      expected,
      advice:
        "Flip, turn or shift the training images at random, for example `tf.image.flipLeftRight` in TensorFlow.js or `RandomFlip` and `RandomRotation` layers in Keras.",
      proof: "claimed",
    });
  },
});
