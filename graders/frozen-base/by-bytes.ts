import type { Verdict } from "../../src/contract/index.js";
import { type ByteComparison, plural } from "../../src/facts/index.js";
import { parsed, scored } from "../verdicts.js";
import type { Question } from "./question.js";

/** The base is what the checkpoint is: it was frozen, whatever anything says. */
export function byBytes({ layers, expected }: Question, bytes: ByteComparison): Verdict {
  const { same, excused, exact } = bytes;
  const equal = exact ? "equal to the bit" : "equal within the rounding of the file";
  const count =
    excused.length === 0 ? `${same} of ${plural(bytes.compared, "tensor")}` : plural(same, "tensor");
  const drifted =
    excused.length === 0
      ? ""
      : ` The ${plural(excused.length, "moving statistic")} of BatchNormalization drifted, as TensorFlow.js lets them even in frozen layers; that costs nothing.`;
  return scored({
    score: 1,
    found: `All ${plural(layers.length, "layer")} of the base still hold the checkpoint's weights: ${count} ${equal}.${drifted}`,
    expected,
    proof: exact ? "proved" : "consistent",
    details: [
      parsed("Base tensors equal to the checkpoint", `${same} of ${bytes.compared}`),
      parsed("Moving statistics that drifted", String(excused.length)),
    ],
  });
}
