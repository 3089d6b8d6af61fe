import type { Preprocessing, Structure } from "../../src/contract/index.js";
import { isPreprocessing } from "../../src/facts/index.js";

type Step = Pick<Preprocessing, "name" | "scale" | "offset">;
type Layer = Structure["layers"][number];

/** What the network does to pixels before its base, step by step, or why that cannot be said. */
type Prepared = { state: "clear"; steps: Step[] } | { state: "unclear"; why: string };

/** Sizes change no values. */
const KEEPS_VALUES = /^(Resizing|CenterCrop)$/;

/** `own`: the architecture scales pixels itself, so its own first layers are no part of the answer. */
export function preparedBy(structure: Structure, own: boolean): Prepared {
  const home = structure.layers.find((layer) => layer.part === "base")?.path ?? "";
  const layers = structure.layers.filter(
    (layer) =>
      layer.part === "input" &&
      isPreprocessing(layer.class) &&
      !KEEPS_VALUES.test(layer.class) &&
      !(own && containerOf(layer.path) === containerOf(home)),
  );
  const steps: Step[] = [];
  for (const layer of layers) {
    const step = stepOf(layer);
    if (!step)
      return {
        state: "unclear",
        why: `What the layer ${layer.name} (${layer.class}) does to pixels cannot be read from the file.`,
      };
    steps.push(step);
  }
  return { state: "clear", steps };
}

const containerOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

function stepOf({ class: name, settings }: Layer): Step | null {
  if (name === "Rescaling") {
    const [scale, offset] = [numbers(settings["scale"]), numbers(settings["offset"] ?? 0)];
    return scale && offset ? { name, scale, offset } : null;
  }
  const constant = onlyNumber(settings["constants"]);
  if (constant === null) return null;
  switch (name) {
    case "TrueDivide":
    case "Divide":
      return { name, scale: [1 / constant], offset: [0] };
    case "Multiply":
      return { name, scale: [constant], offset: [0] };
    case "Subtract":
      return { name, scale: [1], offset: [-constant] };
    case "Add":
      return { name, scale: [1], offset: [constant] };
    default:
      return null;
  }
}

const numbers = (value: unknown): number[] | null => {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((one) => typeof one === "number") && [1, 3].includes(list.length) ? list : null;
};

function onlyNumber(value: unknown): number | null {
  return Array.isArray(value) && value.length === 1 && typeof value[0] === "number" ? value[0] : null;
}
