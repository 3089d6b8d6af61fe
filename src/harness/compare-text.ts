import { pValue } from "../facts/index.js";
import { cleanText, oneLine } from "../reporters/clean-text.js";
import { formatNoun } from "../reporters/format-figures.js";
import { wrapText } from "../reporters/terminal/text-layout.js";
import type { Comparison } from "./compare-answers.js";

const NAME_LIMIT = 200;
const shown = (name: string): string => oneLine(cleanText(name, NAME_LIMIT));

/** A comparison in sentences, at most `width` columns wide. Ends without a line feed. */
export function compareText(comparison: Comparison, width: number): string {
  const { one, other, images, onlyOne, onlyOther, p } = comparison;
  const sentences = [
    `Of ${formatNoun(images, "hidden image")}, ${shown(one)} alone got ${onlyOne} right, and ${shown(other)} alone ${onlyOther}.`,
    `McNemar's exact test, two-sided: n = ${images}, b = ${onlyOne}, c = ${onlyOther}, ${pValue(p)}.`,
    compareWords(comparison),
  ];
  return sentences.flatMap((sentence) => wrapText(sentence, width)).join("\n");
}

/** A comparison for other programs: its figures, and what can be said of them. */
export function compareJson(comparison: Comparison): string {
  const told = { schema: "frostline/comparison/1", ...comparison, says: compareWords(comparison) };
  return JSON.stringify(told, null, 1);
}

/** What can be said of a comparison, and what cannot. */
function compareWords({ one, other, onlyOne, onlyOther, confidence, outcome }: Comparison): string {
  const [first, second] = [shown(one), shown(other)];
  if (outcome !== "neither")
    return `${first} is measurably ${outcome} than ${second}, with a one-sided confidence of ${confidence * 100} %.`;
  const apart = onlyOne + onlyOther;
  if (apart === 0) return `${first} and ${second} were right on the very same images.`;
  const tooFew = 0.5 ** apart >= 1 - confidence;
  return tooFew
    ? `${first} and ${second} differ on ${formatNoun(apart, "image")}, too few to tell them apart however these fall.`
    : `${first} and ${second} cannot be told apart on these images. That does not show that they are equally good.`;
}
