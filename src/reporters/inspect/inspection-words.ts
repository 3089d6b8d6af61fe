import type { Inspection, InspectionFinding, Shape } from "../../contract/index.js";
import { formatCompact, formatCount, formatNoun } from "../format-figures.js";

const FORMATS: Record<Inspection["format"], string> = {
  "keras-v3": "Keras model (.keras)",
  "keras-h5": "Keras model in HDF5 (.h5)",
  "keras-weights": "Keras weights alone (.weights.h5)",
  "tfjs-layers": "TensorFlow.js layers model",
  "tfjs-graph": "TensorFlow.js graph model",
  "saved-model": "TensorFlow SavedModel",
};

const WRITERS: Record<Inspection["runtime"], string> = {
  "keras-3": "Keras ",
  "tf-keras-2": "tf.keras ",
  tfjs: "",
  unknown: "",
};

/** "Keras model (.keras), written by Keras 3.15.1, 23.4 kB". */
export function formatLine({ format, runtime, kerasVersion, files }: Inspection): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const writer = kerasVersion === null ? "writer not named" : `written by ${WRITERS[runtime]}${kerasVersion}`;
  const size = `${formatCompact(bytes)}${bytes < 1000 ? " bytes" : "B"}`;
  return [FORMATS[format], writer, files.length > 1 ? `${files.length} files, ${size}` : size].join(", ");
}

/** "16 × 16 × 3" without the batch; a free length is "any". */
export function shapeWords(shape: Shape | null): string {
  if (shape === null) return "not known";
  const lengths = shape.slice(1).map((length) => (length === null ? "any" : String(length)));
  return lengths.length === 0 ? "one value" : lengths.join(" × ");
}

/** "340 of 732", and what is counted; `count` writes the numbers. */
export function trainableWords(
  { parameters, layers }: Inspection,
  count: (value: number) => string = formatCount,
): { figure: string; unit: string } {
  const { total, trainable } = parameters;
  if (total === 0) return { figure: formatNoun(layers.length, "layer"), unit: "weights not read" };
  if (trainable === null) return { figure: count(total), unit: "parameters, flags not known" };
  return { figure: `${count(trainable)} of ${count(total)}`, unit: "parameters trainable" };
}

/** The file in one sentence. */
export function summaryWords(inspection: Inspection): string {
  const { base, head, layers, weights } = inspection;
  if (layers.length === 0)
    return weights.length === 0
      ? "The file says neither which layers there are nor what they weigh."
      : "Weights without their layers: nothing in the file says what was frozen.";
  if (!base)
    return `A network of ${formatNoun(layers.length, "layer")} in which no pretrained base was recognised.`;
  const family =
    base.family === "unknown"
      ? "A base of no known family"
      : `${/^[AEIO]/.test(base.family) ? "An" : "A"} ${base.family} base`;
  if (head.layers.length === 0) return `${family} without a head.`;
  const outputs = head.units === null ? "" : ` for ${formatNoun(head.units, "output")}`;
  return `${family} with a head${outputs}: ${openness(inspection)}.`;
}

function openness({ weights }: Inspection): string {
  const ofBase = weights.filter(({ part, slot }) => part === "base" && !slot.startsWith("moving_"));
  if (ofBase.some(({ trainable }) => trainable === null)) return "the file keeps no flags";
  if (weights.length === 0) return "its weights were not read";
  const all = new Set(ofBase.map(({ layer }) => layer));
  const open = new Set(ofBase.filter(({ trainable }) => trainable).map(({ layer }) => layer));
  if (all.size === 0) return "the base holds no weights";
  if (open.size === 0) return "the base is frozen";
  if (open.size === all.size) return "the whole base is trainable";
  return `${open.size} of ${formatNoun(all.size, "layer")} with weights of the base are trainable`;
}

/** "pw2/kernel, pw2/bias and 6 more". */
export function someOf(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${formatCount(names.length - most)} more`;
}

/** A rate or a distance with three significant figures: 0.001, 1e-5, 2.05e-5. */
export function smallNumber(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const [mantissa, exponent] = rounded.toExponential().split("e");
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? `${mantissa}e${Number(exponent)}` : String(rounded);
}

/** Findings, at most three of a code in full, then how many more of it there are. */
export function shownFindings(findings: readonly InspectionFinding[]): InspectionFinding[] {
  const seen = new Map<string, number>();
  for (const { code } of findings) seen.set(code, (seen.get(code) ?? 0) + 1);
  const told = new Map<string, number>();
  return findings.flatMap((finding) => {
    const number = (told.get(finding.code) ?? 0) + 1;
    told.set(finding.code, number);
    const all = seen.get(finding.code) ?? 0;
    if (all <= MOST_OF_A_CODE || number < MOST_OF_A_CODE) return [finding];
    if (number > MOST_OF_A_CODE) return [];
    const rest = formatNoun(all - number, "more place", "more places");
    return [{ ...finding, detail: `${finding.detail} The same at ${rest}.` }];
  });
}

const MOST_OF_A_CODE = 3;
