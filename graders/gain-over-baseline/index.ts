import { Type } from "@sinclair/typebox";
import { type Baselines, defineGrader, type Verdict } from "../../src/contract/index.js";
import { ramp, rate, wilson } from "../../src/facts/index.js";
import { Bound, Compare, Confidence, Rate } from "../options.js";
import { measured, scored, undecided } from "../verdicts.js";

const BASELINES = {
  majority: "always answering the largest class",
  "random-base": "the same base with random weights",
  "linear-probe": "a linear probe on the pretrained base",
} as const;
type Name = keyof typeof BASELINES;

/** How much better the network is than something trivial. */
export default defineGrader({
  id: "gain-over-baseline",
  title: "Gain over a baseline",
  why: "An accuracy means something only beside what could be had without any training, or with very little.",
  needs: ["heldOut", "baselines"],
  uses: [],
  options: Type.Object(
    {
      over: Type.Union(
        [Type.Literal("majority"), Type.Literal("random-base"), Type.Literal("linear-probe")],
        {
          default: "majority",
          description:
            "majority: always the largest class. random-base: the same base untrained. linear-probe: a linear head on the pretrained base.",
        },
      ),
      minGain: Rate(0.1, "Gain in accuracy that earns all points."),
      partialFrom: Bound("Gain from which points begin to count; null for all or none.", {
        minimum: -1,
        maximum: 1,
      }),
      compare: Compare,
      confidence: Confidence,
    },
    { additionalProperties: false },
  ),
  grade({ heldOut, baselines }, { over, minGain, partialFrom, compare, confidence }): Verdict {
    const baseline = measuredValue(baselines, over);
    if (baseline === null)
      return undecided(`The baseline (${BASELINES[over]}) was not measured for this assignment.`);
    const { correct, n } = heldOut;
    const gain = correct / n - baseline;
    const { low, high } = wilson(correct, n, confidence, "one");
    const counted = compare === "interval" ? high - baseline : gain;
    return scored({
      score: ramp(counted, partialFrom ?? minGain, minGain),
      found: `${rate(correct / n)} on ${n} unseen images, ${gain < 0 ? `${rate(-gain)} less` : `${rate(gain)} more`} than ${BASELINES[over]} (${rate(baseline)}).`,
      expected: `At least ${rate(minGain)} more than ${BASELINES[over]}${compare === "interval" ? ", or not measurably less" : ""}`,
      advice:
        gain <= 0
          ? "The network is no better than this baseline: check the order of classes, the preprocessing and the learning rate first."
          : "Train the head longer, and check that images are prepared as the base expects.",
      proof: "proved",
      details: [
        measured("Baseline", rate(baseline)),
        measured(`Accuracy, bounds each with confidence ${confidence}`, `${rate(low)} to ${rate(high)}`),
      ],
    });
  },
});

function measuredValue(baselines: Baselines, name: Name): number | null {
  if (name === "majority") return baselines.majority;
  return name === "random-base" ? baselines.randomBase : baselines.linearProbe;
}
