import type { Paired } from "../contract/index.js";
import { chanceOfAtMost } from "./bar-power.js";
import { plural, pValue } from "./wording.js";

/**
 * McNemar's exact test, two-sided: the chance that two equally good networks part as unevenly as these on the images
 * that only one of them got right. 1 where there are none.
 * @throws RangeError for counts that are none
 */
export function mcnemar({ won, lost }: Pick<Paired, "won" | "lost">): number {
  if (![won, lost].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`Expected two counts of images, got ${won} and ${lost}.`);
  }
  return Math.min(1, 2 * chanceOfAtMost(Math.min(won, lost), won + lost, 0.5));
}

/** Whether the first network is measurably better or worse than the second; one-sided confidence of each. */
export function betterOrWorse(pairs: Paired, confidence = 0.95): "better" | "worse" | "neither" {
  const { won, lost } = pairs;
  // The test is two-sided: half of its chance lies on each side.
  if (mcnemar(pairs) >= 2 * (1 - confidence)) return "neither";
  return won > lost ? "better" : "worse";
}

/** `31 images won, 12 lost, p = 0.006`. */
export const pairedWords = (pairs: Paired): string =>
  `${plural(pairs.won, "image")} won, ${pairs.lost} lost, ${pValue(mcnemar(pairs))}`;

/**
 * Two records of right answers on the same images, `1` or `0` an image, as McNemar's test takes them.
 * @throws RangeError for records of different length, or of no image
 */
export function paired(one: string, other: string): Paired {
  if (one.length !== other.length || one.length === 0) {
    throw new RangeError(`Expected two records of the same images, got ${one.length} and ${other.length}.`);
  }
  const count = (first: string, second: string): number =>
    [...one].filter((right, image) => right === first && other[image] === second).length;
  return { images: one.length, won: count("1", "0"), lost: count("0", "1") };
}
