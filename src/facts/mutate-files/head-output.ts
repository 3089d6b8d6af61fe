import type { Accuracy, Evidence } from "../../contract/index.js";
import { foundIn } from "../mutate/edit-evidence.js";
import { knownWeights, withValues, withWeights } from "./edit-weights.js";
import type { LayersFile, StoredWeight } from "./layers-file.js";

/** Name of the layer that gives the answers, and how many; null where it is no layer with kernel and bias. */
export function headOutput(file: LayersFile, evidence: Evidence): { layer: string; units: number } | null {
  const kernel = [
    ...knownWeights(evidence, ({ part, slot }) => part === "head" && slot === "kernel").keys(),
  ].at(-1);
  const layer = kernel?.replace(/\/kernel$/, "");
  const bias = file.weights.find(({ name }) => name === `${layer}/bias`);
  const units = foundIn(evidence, "structure")?.head.units;
  return layer !== undefined && units && bias?.shape[0] === units ? { layer, units } : null;
}

/** Kernel and bias of a layer, and the optimizer's slots for them, with other columns: the places they are taken from; null for zeros. */
export function withColumns(file: LayersFile, layer: string, from: readonly (number | null)[]): LayersFile {
  return withWeights(file, (weight) =>
    weight.name.startsWith(`${layer}/`) ? columnsOf(weight, from) : undefined,
  );
}

function columnsOf(weight: StoredWeight, from: readonly (number | null)[]): StoredWeight {
  const width = weight.shape.at(-1) as number;
  const values = new Float32Array(weight.bytes.slice().buffer);
  const rows = values.length / width;
  const moved = Float32Array.from({ length: rows * from.length }, (_, place) => {
    const column = from[place % from.length] as number | null;
    return column === null ? 0 : (values[Math.floor(place / from.length) * width + column] as number);
  });
  return {
    ...weight,
    shape: [...weight.shape.slice(0, -1), from.length],
    bytes: new Uint8Array(moved.buffer),
  };
}

/** Far more than anything else adds to an answer. */
const DECISIVE = 1000;

/** The network with one answer always or never given: the class of most or of fewest hidden images. */
export function withBias(file: LayersFile, evidence: Evidence, which: "always" | "never"): LayersFile | null {
  const output = headOutput(file, evidence);
  const heldOut = foundIn(evidence, "heldOut");
  if (!output || !heldOut) return null;
  const totals = imagesOf(heldOut);
  const chosen = totals.indexOf(which === "always" ? Math.max(...totals) : Math.min(...totals));
  const push = which === "always" ? DECISIVE : -DECISIVE;
  return withWeights(file, (weight) =>
    weight.name === `${output.layer}/bias`
      ? withValues(weight, (value, place) => (place === chosen ? value + push : value))
      : undefined,
  );
}

const imagesOf = ({ confusion }: Accuracy): number[] =>
  confusion.map((row) => row.reduce((total, count) => total + count, 0));
