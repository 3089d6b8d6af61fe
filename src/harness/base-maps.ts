import { canonicalText, FrostlineFault, type ModelFacts, type PredictionInputs } from "../contract/index.js";
import { baseMaps, type FeatureMaps, type JailContext } from "../models/index.js";
import { type OpenBase, readBase } from "../store/index.js";
import { sha256 } from "./sha256.js";

/**
 * What a base of the assignment makes of images on their way into a model.
 * @param checkpoint the base that the model was built on
 * @param model the first of the submission, which takes the images
 * @returns nothing where it is not known, or would not be the same
 */
export type BaseMapsOf = (
  checkpoint: string | null,
  model: ModelFacts | null,
  inputs: PredictionInputs,
) => Promise<readonly FeatureMaps[]>;

/** Maps of all keys together; what comes after that is computed for each submission. */
const MAX_BYTES = 512 * 2 ** 20;

/**
 * Computes the feature maps of frozen bases once for a class: when a second submission needs them, from the store's own
 * copy of the base, in a jail without anything of a student.
 */
export function openBaseMaps(context: JailContext, bases: readonly OpenBase[]): BaseMapsOf {
  const known = new Map<string, Promise<readonly FeatureMaps[]> | null>();
  let heldBytes = 0;
  const computed = async (base: OpenBase, inputs: PredictionInputs, halfPixelCentres: boolean) => {
    const maps = await compute(context, base, inputs, halfPixelCentres);
    heldBytes += maps.reduce((sum, { values }) => sum + values.byteLength, 0);
    return maps;
  };
  return async (checkpoint, model, inputs) => {
    const base = bases.find(({ facts }) => facts.name === checkpoint);
    const imageSize = model && sizeOf(model, inputs.imageSize);
    if (!base || !model || imageSize === null) return [];
    const halfPixelCentres = model.runtime !== "tfjs";
    const key = keyOf(base, { ...inputs, imageSize }, halfPixelCentres);
    const before = known.get(key);
    if (before) return before;
    // A single submission is predicted sooner without them.
    if (before === undefined || heldBytes > MAX_BYTES) {
      known.set(key, null);
      return [];
    }
    const maps = computed(base, { ...inputs, imageSize }, halfPixelCentres);
    known.set(key, maps);
    return maps;
  };
}

/** The side of the square colour images it takes; null for other images. */
function sizeOf({ inputShape }: ModelFacts, free: number): number | null {
  const [, height, width, channels] = inputShape ?? [];
  return inputShape?.length === 4 && channels === 3 && height === width ? (height ?? free) : null;
}

function keyOf(base: OpenBase, inputs: PredictionInputs, halfPixelCentres: boolean): string {
  const { imageSize, preprocessing } = inputs;
  const images = sha256(inputs.images.map(sha256).join());
  return canonicalText({ base: base.ref, images, imageSize, preprocessing, halfPixelCentres });
}

/** Without them everything is computed as it was handed in, so a fault here is nobody's. */
async function compute(
  context: JailContext,
  base: OpenBase,
  inputs: PredictionInputs,
  halfPixelCentres: boolean,
): Promise<readonly FeatureMaps[]> {
  try {
    const saved = await readBase(base);
    const maps = await baseMaps(context, saved, inputs, halfPixelCentres);
    return maps.state === "found" ? maps.value : [];
  } catch (error) {
    if (error instanceof FrostlineFault) return [];
    throw error;
  }
}
