import { Type } from "@sinclair/typebox";
import {
  type Detail,
  defineGrader,
  type EvidenceWeight,
  type OptimizerFacts,
  type Verdict,
} from "../../src/contract/index.js";
import {
  isMovingStatistic,
  listed,
  plural,
  ramp,
  type TrainingPhase,
  trainingPhases,
  wasNeverTrained,
} from "../../src/facts/index.js";
import { claimed, parsed, scored, undecided } from "../verdicts.js";
import { type SignsOfLearning, signsOfLearning } from "./signs-of-learning.js";
import { untouchedHead } from "./untouched-head.js";

/** The head was really trained, for as many epochs as asked, on something that taught it. */
export default defineGrader({
  id: "training-happened",
  title: "Head trained",
  why: "A new head starts with random weights; only training makes it answer for your classes.",
  needs: ["structure", "weights"],
  uses: ["phases", "optimizer", "training", "heldOut"],
  options: Type.Object(
    {
      minEpochs: Type.Integer({
        minimum: 1,
        default: 1,
        description: "Epochs in all phases together that earn all points; fewer earn a share.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ weights, phases, optimizer, training: onTraining, heldOut }, { minEpochs }): Verdict {
    const expected = `The head trained for at least ${plural(minEpochs, "epoch")}, and better than chance or with a loss that fell`;
    const head = weights.tensors.filter(
      (tensor) => tensor.part === "head" && !isMovingStatistic(tensor.slot),
    );
    const training = phases ? trainingPhases(phases, weights) : [];
    const no = (found: string, advice: string, proof: "proved" | "claimed"): Verdict =>
      scored({ score: 0, found, expected, advice, proof });
    if (head.length === 0)
      return no("There is no head with weights to train.", "Put a dense layer on the base.", "proved");
    // A file's optimizer counts anew after each `compile`, so without a record only the weights can tell.
    if (wasNeverTrained(phases))
      return no("Nothing was trained.", "Call `fit` on the compiled model.", "claimed");
    const untouched = phases?.onlyTried ? null : untouchedHead(head);
    if (untouched)
      return no(
        untouched,
        "Check that the head is trainable when you compile, and that `fit` is called on the model you hand in.",
        "proved",
      );
    if (training.length > 0 && !trainsHead(training)) {
      return no(
        "No phase of training trained the head.",
        "Set `trainable = true` on the layers of the head before you compile.",
        "claimed",
      );
    }
    if (phases?.onlyTried)
      return undecided("Each fit was only tried on one row, so nothing shows that the head has learned.");
    const diverged = training.find(({ fits }) =>
      fits.some((fit) =>
        Object.values(fit.history)
          .flat()
          .some((value) => !Number.isFinite(value)),
      ),
    );
    if (diverged)
      return no(
        `In phase ${diverged.number} the loss was no longer a number: training diverged.`,
        "Lower the learning rate and check the scaling of the inputs.",
        "claimed",
      );
    const signs = signsOfLearning(training, [onTraining, heldOut]);
    return training.every(withoutEpochs)
      ? trainedWithoutRecord(signs, minEpochs, expected, steps(optimizer))
      : trained(training, signs, { minEpochs, expected, details: steps(optimizer) });
  },
});

/** A phase known from files alone: steps may have been counted, epochs were not. */
const withoutEpochs = ({ fits, steps }: TrainingPhase): boolean =>
  steps !== 0 && fits.every(({ epochs }) => epochs.asked === 0);

const trainsHead = (training: readonly TrainingPhase[]): boolean =>
  training.some((phase) => phase.trained.some((tensor: EvidenceWeight) => tensor.part === "head"));

function steps(optimizer: OptimizerFacts | null): Detail[] {
  const count = optimizer?.iterations ?? null;
  return count === null ? [] : [parsed("Steps counted by the saved optimizer", String(count))];
}

/** The head has moved; without a record only its answers can tell whether it learned. */
function trainedWithoutRecord(
  { measured, answers }: SignsOfLearning,
  minEpochs: number,
  expected: string,
  details: Detail[],
): Verdict {
  if (minEpochs > 1) {
    return undecided(
      "The head was trained, but without a record of training nothing shows for how many epochs.",
    );
  }
  if (answers && !measured) {
    return undecided(
      `The weights of the head have left their initial values, but nothing shows that they learned: ${answers}.`,
    );
  }
  const found = "The weights of the head have left their initial values.";
  return scored({ score: 1, found, expected, proof: "proved", details });
}

function trained(
  training: readonly TrainingPhase[],
  signs: SignsOfLearning,
  { minEpochs, expected, details }: { minEpochs: number; expected: string; details: Detail[] },
): Verdict {
  const epochs = training.reduce((sum, phase) => sum + phase.epochs, 0);
  const cut = training.find((phase) => phase.cutShort !== null);
  if (epochs < minEpochs && cut) {
    return undecided(`Training was stopped after ${plural(epochs, "epoch")}: ${cut.cutShort}.`);
  }
  const courses = training.map((phase) => claimed(`Phase ${phase.number}`, course(phase)));
  const words = `${plural(epochs, "epoch")} in ${plural(training.length, "phase")}`;
  const learned = signs.measured || signs.recorded;
  if (!learned && epochs > 0 && signs.answers === null) {
    return undecided(
      `The head was trained (${words}), but the record shows no fall of the loss and no answers could be measured.`,
    );
  }
  return scored({
    score: learned ? ramp(epochs, 0, minEpochs) : 0,
    found: learned
      ? `The head was trained: ${words}.`
      : `The head was trained (${words}), but learned nothing that shows: ${signs.answers ?? "no epoch was finished"}; and the record shows no fall of the loss.`,
    expected,
    advice: learned
      ? `Train for at least ${plural(minEpochs, "epoch")}.`
      : `Train on the training images of the assignment, for at least ${plural(Math.max(2, minEpochs), "epoch")}, and watch the loss fall.`,
    proof: "consistent",
    details: [...courses, ...details],
  });
}

function course(phase: TrainingPhase): string {
  const losses = phase.fits.flatMap((fit) => fit.history["loss"] ?? []);
  const first = losses[0];
  const last = losses.at(-1);
  const fall =
    first === undefined || last === undefined ? "" : `, loss ${first.toFixed(3)} to ${last.toFixed(3)}`;
  const callbacks = phase.fits.flatMap((fit) => fit.callbacks);
  return `${plural(phase.epochs, "epoch")}${fall}${callbacks.length > 0 ? `, with ${listed([...new Set(callbacks)])}` : ""}`;
}
