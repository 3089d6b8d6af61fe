import { readFile } from "node:fs/promises";
import {
  type Accuracy,
  FrostlineFault,
  type Predictions,
  type Preprocessing,
  type SavedModel,
} from "../contract/index.js";
import { betterStep, measure } from "../facts/index.js";
import type { Assignment } from "../kinds/kind.js";
import { KNOWN_STEPS } from "../kinds/recognise-step.js";
import { type JailContext, predictUnder } from "../models/index.js";
import { shuffled } from "./shuffled.js";

/** Training images that are answered under each step: enough to tell the right one from the others, bounded in time. */
const IMAGES = 96;
/** Steps that differ by less than this share of the range give the same answers. */
const SAME = 0.02;

/** `preprocessing.origin` of a step that was found by trying. */
export const BY_ANSWERS = "the step under which the model answers the training images best";

/**
 * The step under which a model answers the training images best, where nothing shows what it was fed: it was fitted
 * to them, as one of the usual steps makes them. Labels stay out here.
 * @param likely what it is assumed to take
 * @returns null unless another step is better beyond doubt
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export async function stepByAnswers(
  context: JailContext,
  models: readonly SavedModel[],
  { dataset, imageSize }: Assignment,
  likely: Preprocessing,
  seed: number,
): Promise<Preprocessing | null> {
  const asked = shuffled(dataset.examples("train"), seed).slice(0, IMAGES);
  if (asked.length === 0) return null;
  const steps = [likely, ...KNOWN_STEPS.filter((step) => !nearlySame(step, likely))];
  const images = await Promise.all(asked.map(({ path }) => readFile(path)));
  const answered = await predictUnder(context, models, { images, imageSize }, steps);
  if (answered.state !== "found") return null;
  const labels = asked.map(({ label }) => label);
  const parts = split(answered.value, labels.length);
  const [first, ...rest] = steps.map((step, index) => {
    const part = parts[index];
    return part ? measured(part, labels, dataset.facts.classes, step) : null;
  });
  const others = rest.filter((one) => one !== null);
  return (first && betterStep(first, others)?.preprocessing.step) ?? null;
}

function split({ rows, outputs, values }: Predictions, images: number): Predictions[] {
  return Array.from({ length: rows / images }, (_, step) => ({
    rows: images,
    outputs,
    values: values.subarray(step * images * outputs, (step + 1) * images * outputs),
  }));
}

/** Answers that cannot be counted, such as ones that are no numbers, count for nothing. */
function measured(
  answers: Predictions,
  labels: readonly number[],
  classes: readonly string[],
  step: Preprocessing,
): Accuracy | null {
  try {
    return measure(answers, labels, classes, { step, origin: BY_ANSWERS });
  } catch (error) {
    if (error instanceof FrostlineFault) return null;
    throw error;
  }
}

function nearlySame(a: Preprocessing, b: Preprocessing): boolean {
  const range = 255 * Math.max(...a.scale, ...b.scale);
  return (
    a.channels === b.channels &&
    [0, 1, 2].every((channel) =>
      [0, 255].every((pixel) => Math.abs(at(a, channel, pixel) - at(b, channel, pixel)) < SAME * range),
    )
  );
}

const at = ({ scale, offset }: Preprocessing, channel: number, pixel: number): number =>
  pixel * (scale[channel] ?? scale[0] ?? 1) + (offset[channel] ?? offset[0] ?? 0);
