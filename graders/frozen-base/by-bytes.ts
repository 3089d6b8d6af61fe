import type { Verdict } from "../../src/contract/index.js";
import { type ByteComparison, plural } from "../../src/facts/index.js";
import { parsed, scored } from "../verdicts.js";
import type { Question } from "./question.js";

/** The base is what the checkpoint is: it was frozen, whatever anything says. */
export function byBytes({ layers, expected }: Question, bytes: ByteComparison): Verdict {
  const kept = `${bytes.same} of ${plural(bytes.compared, "tensor")} ${bytes.exact ? "equal to the bit" : "equal within the rounding of the file"}`;
  const details = [parsed("Base against its checkpoint", kept)];
  if (bytes.excused.length > 0) {
    details.push(
      parsed(
        "Moving statistics",
        `${plural(bytes.excused.length, "statistic")} of BatchNormalization moved although frozen. TensorFlow.js does that to every frozen BatchNormalization; it costs nothing.`,
      ),
    );
  }
  return scored({
    score: 1,
    found: `All ${plural(layers.length, "layer")} of the base still hold the checkpoint's weights: ${kept}.`,
    expected,
    proof: bytes.exact ? "proved" : "consistent",
    details,
  });
}
