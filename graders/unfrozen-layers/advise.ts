import type { Runtime } from "../../src/contract/index.js";
import { inLanguage, plural } from "../../src/facts/index.js";

interface Found {
  counted: number;
  /** Layers whose flags were set, whether or not a compile followed. */
  declared: number;
  gap: number;
  touched: boolean;
  runtime: Runtime;
}

/** What to do about too few, too many, or the wrong layers. */
export function advise(
  { counted, declared, gap, touched, runtime }: Found,
  { min, max }: { min: number; max: number | null },
): string {
  if (counted < min && declared > counted) {
    return `You set ${plural(declared, "layer")} of the base trainable, but only after \`compile\`. Call \`compile\` again after you change \`trainable\`, then fit.`;
  }
  if (counted < min) {
    const line = inLanguage(
      runtime,
      "base.trainable = true; base.layers.forEach((l, i) => l.trainable = i >= base.layers.length - 10)",
      "base.trainable = True; [setattr(l, 'trainable', False) for l in base.layers[:-10]]",
    );
    return `Too little of the base was open (${plural(counted, "layer")} with weights). The last entries of \`base.layers\` are often activations and additions without weights: count from further down, for example \`${line}\`, then compile and fit again.`;
  }
  if (max !== null && counted > max) {
    return `${plural(counted, "layer")} with weights were open. Freeze all but the last ${max}, then compile and fit again.`;
  }
  if (gap > 0)
    return "Open the layers nearest to the head: freeze everything below one place, and nothing above it.";
  return touched
    ? "Keep every BatchNormalization layer frozen: set its `trainable` to false after you opened the others."
    : "";
}
