import type { CrossCheck, Phases, Weights } from "../contract/index.js";
import { stepsCanMove } from "./drift-bound.js";
import { isMovingStatistic } from "./layer-classes.js";
import { type TrainingPhase, trainingPhases } from "./training-phases.js";
import { weightNames } from "./weight-names.js";
import { plural, stepSize } from "./wording.js";

/** The bytes kept after each fit, held against what was said of it, against each other, and against the saved model. */
export function checkMoves(phases: Phases, weights: Weights): CrossCheck[] {
  const training = trainingPhases(phases, weights);
  return [
    ...begun(training),
    ...training.flatMap((phase) => [...onlyTrained(phase), ...withinSteps(phase)]),
    ...endsInModel(phases, training, weights),
  ];
}

const verdict = (agrees: boolean): CrossCheck["result"] => (agrees ? "agrees" : "contradicts");

function begun([first]: readonly TrainingPhase[]): CrossCheck[] {
  const from = first?.fits[0].begun;
  if (!from) return [];
  return [
    {
      claim: `Training began with ${plural(from.compared, "weight")} of the base`,
      against: `${from.identical} of them equal the checkpoint`,
      result: verdict(from.identical === from.compared),
    },
  ];
}

/** Moving statistics follow the images also where they are not trained. */
function onlyTrained({ number, fits, trained, moved }: TrainingPhase): CrossCheck[] {
  const claim = `Phase ${number} trained ${plural(trained.length, "weight")} and no other`;
  if (fits.every((fit) => fit.moved === undefined)) return [];
  if (!moved) {
    const against = "The weights it moved were too large to keep, or their bytes cannot be read";
    return [{ claim, against, result: "unchecked" }];
  }
  const counted = moved.filter(({ weight }) => !isMovingStatistic(weight.slot));
  const others = counted.filter(({ weight }) => !trained.includes(weight)).length;
  const against = `The bytes kept after it differ in ${plural(counted.length, "weight")}, ${others === 0 ? "all" : `${counted.length - others}`} among these`;
  return [{ claim, against, result: verdict(others === 0) }];
}

function withinSteps(phase: TrainingPhase): CrossCheck[] {
  const bound = stepsCanMove(phase);
  const drifts = (phase.moved ?? []).flatMap(({ weight, drift }) =>
    drift === null || isMovingStatistic(weight.slot) ? [] : [drift],
  );
  if (bound === null || drifts.length === 0) return [];
  const largest = Math.max(...drifts);
  return [
    {
      claim: `At its rate and steps, phase ${phase.number} can move a weight by at most ${stepSize(bound)}`,
      against: `The bytes kept after it lie up to ${stepSize(largest)} from those before`,
      result: verdict(largest <= bound * 1.01 + 1e-6),
    },
  ];
}

function endsInModel(
  { customSteps, replaced }: Phases,
  training: readonly TrainingPhase[],
  weights: Weights,
): CrossCheck[] {
  const find = weightNames(weights.tensors);
  const last = new Map<string, string>();
  for (const { path, sha256 } of training.flatMap(({ fits }) => fits.flatMap((fit) => fit.moved ?? []))) {
    const weight = find(path);
    if (weight) last.set(weight.path, sha256);
  }
  if (last.size === 0) return [];
  const saved = weights.tensors.filter(({ path, sha256 }) => last.get(path) === sha256).length;
  const claim = `Training left ${plural(last.size, "weight")} with bytes that were kept`;
  const against = `${saved} of them are in the saved model`;
  if (saved === last.size) return [{ claim, against, result: "agrees" }];
  const other = replaced || customSteps > 0 || training.some(({ moved }) => moved === null);
  return [
    other
      ? { claim, against: `${against}, which is not as the last \`fit\` left it`, result: "unchecked" }
      : { claim, against, result: "contradicts" },
  ];
}
