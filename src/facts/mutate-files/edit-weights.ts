import type { Evidence, EvidenceWeight } from "../../contract/index.js";
import { foundIn } from "../mutate/edit-evidence.js";
import type { LayersFile, StoredWeight } from "./layers-file.js";

/** The file with some of its weights changed. */
export function withWeights(
  file: LayersFile,
  edit: (weight: StoredWeight) => StoredWeight | undefined,
): LayersFile {
  return { ...file, weights: file.weights.map((weight) => edit(weight) ?? weight) };
}

/** The weight with other numbers. */
export function withValues(
  weight: StoredWeight,
  edit: (value: number, place: number) => number,
): StoredWeight {
  // A copy starts where numbers may start.
  const values = new Float32Array(weight.bytes.slice().buffer).map(edit);
  return { ...weight, bytes: new Uint8Array(values.buffer) };
}

/** What evidence says of stored weights, by the name that the framework prints and stores them under. */
export function knownWeights(
  evidence: Evidence,
  which: (weight: EvidenceWeight) => boolean,
): Map<string, EvidenceWeight> {
  const tensors = foundIn(evidence, "weights")?.tensors ?? [];
  return new Map(tensors.filter(which).map((weight) => [weight.printed, weight]));
}

/** A weight as a layer is created with it; spread evenly in place of at random, so that it is the same each time. */
export function fresh(weight: StoredWeight, slot: string): StoredWeight {
  if (slot in CREATED) return withValues(weight, () => CREATED[slot] as number);
  const shape = [1, 1, ...weight.shape];
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  const window = shape.slice(0, -2).reduce((product, length) => product * length, 1);
  // Glorot's uniform initialiser.
  const limit = Math.sqrt(6 / (window * (inputs + outputs)));
  return withValues(weight, (_, place) => limit * (2 * ((place * GOLDEN) % 1) - 1));
}

const CREATED: Readonly<Record<string, number>> = {
  bias: 0,
  beta: 0,
  gamma: 1,
  moving_mean: 0,
  moving_variance: 1,
};

/** Multiples of it fall evenly between 0 and 1, in no order. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
