import { Type } from "@sinclair/typebox";
import { defineGrader, type Phases, type Structure, type Verdict } from "../../src/contract/index.js";
import { claimed, parsed, scored, undecided } from "../verdicts.js";
import { type LossKind, lossKind } from "./loss-kinds.js";
import { misfit } from "./misfit.js";

/** The loss fits the last activation and the number of outputs. */
export default defineGrader({
  id: "loss-function",
  title: "Loss function",
  why: "Loss and last activation belong together: a loss that reads probabilities as raw scores still trains, only badly.",
  needs: ["structure"],
  uses: ["phases"],
  options: Type.Object(
    {
      alsoAccept: Type.Array(Type.String(), {
        default: [],
        description: "Names of further losses that earn the points, such as meanSquaredError.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, phases, classes }, { alsoAccept }): Verdict {
    const loss = lossOf(structure, phases);
    if (!loss) return undecided("Neither the file nor the record of training names a loss.");
    const kind = lossKind(loss.name);
    const { activation } = structure.head;
    const units = known(structure.head.units);
    const said = `The loss ${loss.name}${loss.fromLogits ? " on raw scores (from logits)" : ""} with ${units ?? "unknown"} outputs and a ${activation ?? "linear"} last activation`;
    const expected =
      (units ?? classes.length) > 1
        ? "Softmax with categorical cross-entropy, or raw scores with the same loss from logits"
        : "Sigmoid with binary cross-entropy, or raw scores with the same loss from logits";
    const details = [
      loss.fromFile ? parsed("Loss in the file", loss.name) : claimed("Loss in training", loss.name),
    ];
    const proof = loss.fromFile ? "consistent" : "claimed";
    if (alsoAccept.some((name) => name.toLowerCase() === loss.name.toLowerCase())) {
      return scored({ score: 1, found: `${said} is accepted here.`, expected, proof, details });
    }
    if (!kind) {
      return scored({
        score: 0,
        found: `${said} is not made for choosing one of several classes.`,
        expected,
        advice: `Compile with ${classes.length > 2 ? "categoricalCrossentropy (one-hot labels) or sparseCategoricalCrossentropy (class numbers)" : "a cross-entropy loss"}.`,
        proof,
        details,
      });
    }
    const problem = misfit(
      kind,
      readsLogits(kind, loss.fromLogits),
      activation ?? "linear",
      units ?? classes.length,
    );
    return scored({
      score: problem ? 0 : 1,
      found: problem ? `${said}: ${problem.found}.` : `${said} fit together.`,
      expected,
      advice: problem?.advice ?? "",
      proof,
      details,
    });
  },
});

/** A number of outputs that is none is not known. */
const known = (units: number | null): number | null =>
  units !== null && Number.isInteger(units) && units > 0 ? units : null;

interface Loss {
  name: string;
  fromLogits: boolean | null;
  fromFile: boolean;
}

/** The file wins over what the process said; both describe the last compile. */
function lossOf(structure: Structure, phases: Phases | null): Loss | null {
  if (structure.loss) return { ...structure.loss, fromFile: true };
  const last = phases?.fits.at(-1);
  return last?.loss ? { name: last.loss, fromLogits: last.fromLogits, fromFile: false } : null;
}

/** A loss given by name reads probabilities. */
const readsLogits = (kind: LossKind, configured: boolean | null): boolean =>
  kind.alwaysLogits || configured === true;
