import type { EvidenceWeight, Phases, Structure, Weights } from "../contract/index.js";
import { baseLayers } from "./base-layers.js";
import { isMovingStatistic } from "./layer-classes.js";

/** The base held against its checkpoint, tensor by tensor. */
export interface ByteComparison {
  compared: number;
  /** Equal to the bit, or within the rounding of a quantised file. */
  same: number;
  /** False when some tensors were stored with fewer bits, so that equality is only near. */
  exact: boolean;
  moved: EvidenceWeight[];
  /** Moving statistics that TensorFlow.js updates in a frozen BatchNormalization too: not the student's doing. */
  excused: EvidenceWeight[];
}

/** Half a step of 8 bits over a kernel's range, as a share of its length. */
const QUANTISATION_DISTANCE = 0.02;

/** What the bytes say about the base; null when no registered checkpoint explains it. */
export function compareBytes(structure: Structure, weights: Weights): ByteComparison | null {
  if (!weights.checkpoint) return null;
  const result: ByteComparison = { compared: 0, same: 0, exact: true, moved: [], excused: [] };
  for (const layer of baseLayers(structure, weights)) {
    const compared = layer.tensors.filter((tensor) => tensor.relation !== "none");
    const moved = compared.filter((tensor) => !isSame(tensor));
    const onlyStatistics = moved.every((tensor) => isMovingStatistic(tensor.slot));
    const excused = structure.runtime === "tfjs" && onlyStatistics ? moved : [];
    result.compared += compared.length;
    result.same += compared.length - moved.length;
    result.exact &&= compared.every((tensor) => !tensor.quantised);
    result.excused.push(...excused);
    if (excused.length === 0) result.moved.push(...moved);
  }
  return result;
}

const isSame = (tensor: EvidenceWeight): boolean =>
  tensor.relation === "identical" ||
  (tensor.quantised && tensor.distance !== null && tensor.distance <= QUANTISATION_DISTANCE);

/** What the bytes say about training; null also where nothing was trained, since the bytes are then equal by themselves. */
export function compareTrained(
  structure: Structure,
  weights: Weights,
  phases: Phases | null,
): ByteComparison | null {
  return phases?.onlyTried ? null : compareBytes(structure, weights);
}
