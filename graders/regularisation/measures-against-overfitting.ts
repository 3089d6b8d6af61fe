import type { OptimizerFacts, Phases, Structure } from "../../src/contract/index.js";
import { listed } from "../../src/facts/index.js";

export type Means = "dropout" | "weight-decay" | "early-stopping" | "augmentation";

export interface Measure {
  means: Means;
  words: string;
  fromFile: boolean;
}

type Layer = Structure["layers"][number];

/** What the network and its training do against overfitting. */
export function measuresAgainstOverfitting(
  structure: Structure,
  phases: Phases | null,
  optimizer: OptimizerFacts | null,
): Measure[] {
  const head = structure.layers.filter((layer) => layer.part === "head");
  const dropout = head.filter(
    (layer) => /Dropout|GaussianNoise/.test(layer.class) && layer.settings["rate"] !== 0,
  );
  const regularised = head.filter(isRegularised);
  const callbacks = new Set(
    phases?.fits.flatMap((fit) => fit.callbacks).filter((name) => /early.?stop/i.test(name)),
  );
  return [
    ...measure(
      "dropout",
      dropout.map((layer) => layer.name),
      true,
    ),
    ...measure(
      "weight-decay",
      regularised.map((layer) => `a regulariser on ${layer.name}`),
      true,
    ),
    ...measure("weight-decay", optimizer && /AdamW/i.test(optimizer.class) ? ["AdamW"] : [], true),
    ...measure("early-stopping", [...callbacks], false),
    ...measure("augmentation", structure.augmentation, true),
  ];
}

function measure(means: Means, names: readonly string[], fromFile: boolean): Measure[] {
  return names.length === 0 ? [] : [{ means, words: listed(names), fromFile }];
}

/** A regulariser without strength, such as L2 of 0, holds nothing back. */
function isRegularised({ settings }: Layer): boolean {
  return Object.entries(settings).some(([name, value]) => {
    if (!/(kernel|bias|activity)_?regularizer$/i.test(name) || value === null) return false;
    return (
      typeof value !== "object" ||
      Object.values(value).some((strength) => typeof strength === "number" && strength > 0)
    );
  });
}
