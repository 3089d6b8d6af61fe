import { Type } from "@sinclair/typebox";
import { type Accuracy, defineGrader, type Verdict } from "../../src/contract/index.js";
import { listed, plural, rate, wilson } from "../../src/facts/index.js";
import { Compare, Confidence, Rate } from "../options.js";
import { measured, scored } from "../verdicts.js";

/** Every class is recognised, not only the frequent ones. */
export default defineGrader({
  id: "class-recall",
  title: "Recall of every class",
  why: "An overall accuracy can hide a class that is never recognised, which in medicine may be the one that matters.",
  needs: ["heldOut"],
  uses: [],
  options: Type.Object(
    {
      minRecall: Rate(0.5, "Share of each class's images that must be recognised."),
      compare: Compare,
      confidence: Confidence,
    },
    { additionalProperties: false },
  ),
  grade({ heldOut }, { minRecall, compare, confidence }): Verdict {
    const classes = recalls(heldOut).map((one) => ({
      ...one,
      counted: compare === "interval" ? wilson(one.right, one.n, confidence, "one").high : one.right / one.n,
    }));
    const missed = classes.filter((one) => one.counted < minRecall);
    const worst = classes.reduce((low, one) => (one.right / one.n < low.right / low.n ? one : low));
    return scored({
      score: 1 - missed.length / classes.length,
      found: `${missed.length === 0 ? `Each of ${plural(classes.length, "class", "classes")} is recognised` : `${listed(missed.map((one) => one.name))} ${missed.length === 1 ? "is" : "are"} recognised too rarely`}; the rarest is ${worst.name} with ${worst.right} of ${worst.n} (${rate(worst.right / worst.n)}).`,
      expected: `At least ${rate(minRecall)} of each class${compare === "interval" ? ", or not measurably less" : ""}`,
      advice: `${worst.name} is mostly taken for ${worst.takenFor}. Look at such images, give the class more weight or more training images, and try augmentation.`,
      proof: "proved",
      details: classes.map((one) => measured(one.name, `${rate(one.right / one.n)} (n = ${one.n})`)),
    });
  },
});

interface Recall {
  name: string;
  n: number;
  right: number;
  takenFor: string;
}

/** Classes that no unseen image belongs to are left out. */
function recalls({ confusion, classes }: Accuracy): Recall[] {
  return classes.flatMap((name, truth) => {
    const row = confusion[truth] as number[];
    const n = row.reduce((sum, count) => sum + count, 0);
    const others = row.map((count, guess) => (guess === truth ? -1 : count));
    const takenFor = classes[others.indexOf(Math.max(...others))] as string;
    return n === 0 ? [] : [{ name, n, right: row[truth] as number, takenFor }];
  });
}
