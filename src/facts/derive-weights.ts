import type {
  Checkpoint,
  EvidenceWeight,
  ModelFacts,
  Structure,
  WeightFacts,
  Weights,
} from "../contract/index.js";
import { composeModels } from "./compose-models.js";
import { isKernel } from "./layer-classes.js";
import { type CheckpointMatch, matchCheckpoint, relationOf } from "./match-checkpoint.js";
import { randomBase } from "./random-base.js";
import type { TensorDistance } from "./relate-tensor.js";

/**
 * Every tensor held against the registered checkpoint that explains the base best: by hash, then by place and
 * samples. `structure` is what `deriveStructure` made of the same models.
 * @throws RangeError for an empty list of models.
 */
export function deriveWeights(
  models: readonly ModelFacts[],
  structure: Structure,
  checkpoints: readonly Checkpoint[],
): Weights {
  const model = composeModels(models);
  const match = matchCheckpoint(model.weights, checkpoints);
  const inBase = new Set(
    structure.layers.filter((layer) => layer.part === "base").map((layer) => layer.path),
  );
  const tensors = model.weights.map(({ samples: _, ...weight }): EvidenceWeight => {
    const part = inBase.has(weight.layer) ? "base" : "head";
    return { ...weight, part, ...placed(weight, relationOf(match, weight.path)) };
  });
  const base = model.weights.filter((weight) => inBase.has(weight.layer));
  return {
    tensors,
    checkpoint: match && summary(match, tensors),
    registry: checkpoints.map((checkpoint) => checkpoint.name),
    randomBase: match ? null : randomBase(base),
  };
}

/** In a base whose kernels are the checkpoint's, a far statistic or scale has moved; only kernels can be foreign. */
function placed(weight: Pick<WeightFacts, "slot">, relation: TensorDistance): TensorDistance {
  return relation.relation === "unrelated" && !isKernel(weight.slot)
    ? { ...relation, relation: "changed" }
    : relation;
}

function summary({ checkpoint }: CheckpointMatch, tensors: readonly EvidenceWeight[]): Weights["checkpoint"] {
  const count = (relation: EvidenceWeight["relation"]): number =>
    tensors.filter((tensor) => tensor.relation === relation).length;
  const [identical, changed, unrelated] = [count("identical"), count("changed"), count("unrelated")];
  return {
    name: checkpoint.name,
    title: checkpoint.title,
    compared: identical + changed + unrelated,
    identical,
    changed,
    unrelated,
  };
}
