import { Type } from "@sinclair/typebox";
import { type Accuracy, type Baselines, defineGrader, type Verdict } from "../../src/contract/index.js";
import {
  BASELINES,
  type BaselineName,
  betterOrWorse,
  imageByImage,
  mcnemar,
  pairedWords,
  pValue,
  ramp,
  rate,
  wilson,
} from "../../src/facts/index.js";
import { Bound, Compare, Confidence, Rate } from "../options.js";
import { measured, scored, undecided } from "../verdicts.js";

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
      test: Type.Union([Type.Literal("gain"), Type.Literal("mcnemar")], {
        default: "gain",
        description:
          "gain: the difference of the two accuracies against `minGain`. mcnemar: points are lost only by a network that is measurably worse, by McNemar's exact test on the images that only one of the two got right.",
      }),
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
  grade({ heldOut, baselines }, options): Verdict {
    const { over } = options;
    const baseline = measuredValue(baselines, over);
    if (baseline === null)
      return undecided(`The baseline (${BASELINES[over]}) was not measured for this assignment.`);
    return options.test === "mcnemar"
      ? byMcNemar(heldOut, baselines, options)
      : byGain(heldOut, baseline, options);
  },
});

interface Options {
  over: BaselineName;
  minGain: number;
  partialFrom: number | null;
  compare: "interval" | "point";
  confidence: number;
}

function byGain(
  { correct, n }: Accuracy,
  baseline: number,
  { over, minGain, partialFrom, compare, confidence }: Options,
): Verdict {
  const gain = correct / n - baseline;
  const { low, high } = wilson(correct, n, confidence, "one");
  const counted = compare === "interval" ? high - baseline : gain;
  return scored({
    score: ramp(counted, partialFrom ?? minGain, minGain),
    found: `${rate(correct / n)} on ${n} unseen images, ${gain < 0 ? `${rate(-gain)} less` : `${rate(gain)} more`} than ${BASELINES[over]} (${rate(baseline)}).`,
    expected: `At least ${rate(minGain)} more than ${BASELINES[over]}${compare === "interval" ? ", or not measurably less" : ""}`,
    advice: advice(gain <= 0),
    proof: "proved",
    details: [
      measured("Baseline", rate(baseline)),
      measured(`Accuracy, bounds each with confidence ${confidence}`, `${rate(low)} to ${rate(high)}`),
    ],
  });
}

function byMcNemar(heldOut: Accuracy, baselines: Baselines, { over, confidence }: Options): Verdict {
  const pairs = imageByImage(baselines, heldOut, over);
  if (!pairs)
    return undecided(`The answers of the baseline (${BASELINES[over]}) were not kept, image by image.`);
  const outcome = betterOrWorse(pairs, confidence);
  return scored({
    score: outcome === "worse" ? 0 : 1,
    found: `The network is ${WORDS[outcome]} ${BASELINES[over]}: ${pairedWords(pairs)}, of ${pairs.images}.`,
    expected: `Not measurably worse than ${BASELINES[over]}`,
    advice: advice(true),
    proof: "proved",
    details: [measured("McNemar's exact test, two-sided", pValue(mcnemar(pairs)))],
  });
}

const WORDS = {
  better: "measurably better than",
  worse: "measurably worse than",
  neither: "not to be told apart from",
} as const;

const advice = (noBetter: boolean): string =>
  noBetter
    ? "The network is no better than this baseline: check the order of classes, the preprocessing and the learning rate first."
    : "Train the head longer, and check that images are prepared as the base expects.";

function measuredValue(baselines: Baselines, name: BaselineName): number | null {
  if (name === "majority") return baselines.majority;
  return name === "random-base" ? baselines.randomBase : baselines.linearProbe;
}
