import type { EvidenceWeight, Weights } from "../../contract/index.js";
import { isMovingStatistic } from "../layer-classes.js";

/** So little that any optimizer can have done it in one step at a low rate. */
const DRIFT = 1e-5;

/** Weights of the base that an optimizer could be given. */
export const trainableBase = ({ tensors }: Weights): EvidenceWeight[] =>
  tensors.filter((tensor) => tensor.part === "base" && !isMovingStatistic(tensor.slot));

/** Weights of the head that an optimizer could be given. */
export const trainableHead = ({ tensors }: Weights): EvidenceWeight[] =>
  tensors.filter((tensor) => tensor.part === "head" && !isMovingStatistic(tensor.slot));

export const pathsOf = (tensors: readonly EvidenceWeight[]): string[] => tensors.map(({ path }) => path);

/** The named weights a little away from the checkpoint. */
export function moved(weights: Weights, paths: ReadonlySet<string>): Weights {
  return edited(weights, (tensor) =>
    paths.has(tensor.path) && tensor.relation === "identical"
      ? { ...tensor, relation: "changed", drift: DRIFT, distance: DRIFT }
      : tensor,
  );
}

/** Every weight of the base as the checkpoint has it. */
export function restored(weights: Weights): Weights {
  return edited(weights, (tensor) =>
    tensor.part === "base" && tensor.relation === "changed"
      ? { ...tensor, relation: "identical", drift: 0, distance: 0 }
      : tensor,
  );
}

/** The base with nothing of any checkpoint in it. */
export function unrelated(weights: Weights, why: string): Weights {
  const tensors = weights.tensors.map((tensor): EvidenceWeight => {
    const alone = { ...tensor, relation: "none", distance: null, drift: null } as const;
    return tensor.part === "base" ? alone : tensor;
  });
  return { ...weights, tensors, checkpoint: null, randomBase: why };
}

/** Flags that say trainable for exactly the named weights. */
export function flagged(weights: Weights, paths: ReadonlySet<string>): Weights {
  return edited(weights, (tensor) =>
    tensor.trainable === null ? tensor : { ...tensor, trainable: paths.has(tensor.path) },
  );
}

/** Weights of the head as layers are created: biases of zero. */
export function freshHead(weights: Weights): Weights {
  return edited(weights, (tensor) =>
    tensor.part === "head" && tensor.slot === "bias" ? { ...tensor, l2: 0, mean: 0, std: 0 } : tensor,
  );
}

/** The counts of the checkpoint follow its tensors. */
function edited(weights: Weights, edit: (tensor: EvidenceWeight) => EvidenceWeight): Weights {
  const tensors = weights.tensors.map(edit);
  const base = tensors.filter(({ part }) => part === "base");
  const count = (relation: EvidenceWeight["relation"]): number =>
    base.filter((tensor) => tensor.relation === relation).length;
  const { checkpoint } = weights;
  return {
    ...weights,
    tensors,
    checkpoint: checkpoint && {
      ...checkpoint,
      identical: count("identical"),
      changed: count("changed"),
      unrelated: count("unrelated"),
    },
  };
}
