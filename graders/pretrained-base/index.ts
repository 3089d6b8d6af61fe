import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict, type Weights } from "../../src/contract/index.js";
import { compareBytes, plural, ramp, rate } from "../../src/facts/index.js";
import { Rate } from "../options.js";
import { parsed, scored, undecided } from "../verdicts.js";

const ADVICE =
  "Load the base of the assignment with its weights and build your model on that object, not on a new one of the same shape.";

/** The base carries the weights of a registered checkpoint, as published or trained further. */
export default defineGrader({
  id: "pretrained-base",
  title: "Pretrained base",
  why: "Transfer learning starts from what a network has already learned; random weights have nothing to transfer.",
  needs: ["structure", "weights"],
  uses: [],
  options: Type.Object(
    {
      checkpoint: Type.String({
        default: "",
        description: "Name of the checkpoint asked for; empty for any.",
      }),
      families: Type.Array(Type.String({ minLength: 1 }), {
        default: [],
        description:
          "Accepted architectures, such as MobileNetV2, or ResNet for all of its depths; empty for any.",
      }),
      partialFrom: Rate(0.5, "Share of base tensors from the checkpoint at which points begin to count."),
      fullAt: Rate(0.9, "Share of base tensors from the checkpoint that earns all points."),
    },
    { additionalProperties: false },
  ),
  grade({ structure, weights }, { checkpoint: asked, families, partialFrom, fullAt }): Verdict {
    const kind = families.length > 0 ? ` (${families.join(" or ")})` : "";
    const expected = `A base${kind} with the weights of ${asked === "" ? "a checkpoint of the assignment" : asked}`;
    const family = structure.base?.family ?? null;
    if (family !== null && families.length > 0 && !families.some((name) => isOfFamily(family, name))) {
      return scored({
        score: 0,
        found: `The base is ${family}.`,
        expected,
        advice: `Build on ${families.join(" or ")} instead.`,
        proof: "proved",
      });
    }
    const { checkpoint } = weights;
    const bytes = compareBytes(structure, weights);
    if (!checkpoint || !bytes) return withoutCheckpoint(structure.base !== null, weights, expected);
    if (asked !== "" && checkpoint.name !== asked) {
      return scored({
        score: 0,
        found: `The base comes from ${checkpoint.title} (${checkpoint.name}).`,
        expected,
        advice: `Load ${asked} instead.`,
        proof: "proved",
      });
    }
    const { compared, identical, changed, unrelated } = checkpoint;
    const drifted = bytes.excused.length;
    const share = (identical + changed) / compared;
    return scored({
      score: ramp(share, partialFrom, fullAt),
      found: [
        `${identical} of ${plural(compared, "tensor")} equal ${checkpoint.title} to the bit`,
        ...(changed > drifted ? [`${changed - drifted} were trained further from it`] : []),
        ...(drifted > 0 ? [`${plural(drifted, "moving statistic")} drifted in training`] : []),
        `${unrelated} have nothing of it.`,
      ].join("; "),
      expected,
      advice: `${rate(1 - share)} of the base has nothing of the checkpoint any more. ${ADVICE} A learning rate far too high also wipes it out: fine-tune with 1e-5.`,
      proof: "proved",
      details: [parsed("Largest relative distance in the base", largestDistance(weights))],
    });
  },
});

/**
 * `ResNet` stands for ResNet50 and ResNet101V2, but `MobileNet` not for MobileNetV2: only a depth or size may follow. An
 * architecture recognised without its size is taken for every size.
 */
const isOfFamily = (family: string, name: string): boolean =>
  family === name || isSizeOf(family, name) || isSizeOf(name, family);

const isSizeOf = (longer: string, name: string): boolean =>
  longer.startsWith(name) && /^\d/.test(longer.slice(name.length));

function withoutCheckpoint(hasBase: boolean, weights: Weights, expected: string): Verdict {
  if (weights.registry.length === 0) {
    return undecided("No checkpoint is registered for this assignment, so nothing can be compared with it.");
  }
  const why = weights.randomBase ?? `No tensor equals or comes near ${weights.registry.join(" or ")}.`;
  return scored({
    score: 0,
    found: hasBase ? why : `No pretrained base was recognised in the network. ${why}`,
    expected,
    advice: ADVICE,
    proof: "proved",
  });
}

function largestDistance(weights: Weights): string {
  const distances = weights.tensors.flatMap((tensor) =>
    tensor.part === "base" && tensor.distance !== null ? [tensor.distance] : [],
  );
  return rate(Math.max(0, ...distances));
}
