import type { Inspection } from "../../contract/index.js";
import { formatNoun } from "../format-figures.js";
import { checkpointChanges, furthestTensors } from "./checkpoint-changes.js";
import { smallNumber } from "./inspection-words.js";

export interface DistancePicture {
  /** Width of the drawing in columns; heights are of 100. */
  width: number;
  columns: { x: number; y: number; height: number; moved: boolean }[];
  caption: string;
  furthest: { printed: string; value: string; width: number }[];
}

/** Lowest and highest power of ten that are drawn; what lies outside is drawn at the edge. */
const LOW = -6;
const HIGH = 0;
/** An identical layer is a thin mark at the foot. */
const FOOT = 6;

/** How far each layer of the base lies from its checkpoint, from input to output; null where nothing moved. */
export function distancePicture(inspection: Inspection): DistancePicture | null {
  const { changed, drifted } = checkpointChanges(inspection);
  if (!inspection.checkpoint || changed.length === 0) return null;
  const moved = new Map<string, number>();
  for (const { layer, distance } of changed) moved.set(layer, Math.max(moved.get(layer) ?? 0, distance ?? 1));
  const layers = new Set(
    inspection.weights.filter(({ relation }) => relation !== "none").map(({ layer }) => layer),
  );
  const excuse = drifted.length > 0 ? " Statistics that drifted in frozen layers are left out." : "";
  return {
    width: layers.size,
    columns: [...layers].map((layer, x) => {
      const distance = moved.get(layer);
      const height = distance === undefined ? FOOT : FOOT + share(distance) * (100 - FOOT);
      return { x, y: round(100 - height), height: round(height), moved: distance !== undefined };
    }),
    caption: `${moved.size} of ${formatNoun(layers.size, "layer")} with weights changed. One column a layer, input on the left; its height is the largest relative distance of its tensors, on a log scale from 1e-6 to 1.${excuse}`,
    furthest: furthestTensors(changed, 5).map(({ printed, distance }) => ({
      printed,
      value: smallNumber(distance),
      width: round(100 * Math.max(0.02, share(distance))),
    })),
  };
}

const share = (distance: number): number =>
  Math.min(1, Math.max(0, (Math.log10(distance) - LOW) / (HIGH - LOW)));

const round = (value: number): number => Math.round(value * 10) / 10;
