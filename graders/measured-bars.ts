/** A rate that an item holds against one measured on images. */
export interface MeasuredBar {
  /** The option that sets it. */
  option: string;
  rate: number;
  /** `class`: held against each class by itself, so only that class's images count. */
  per: "all" | "class";
  compare: "interval" | "point";
  confidence: number;
}

const OPTIONS: Readonly<Record<string, { option: string; per: MeasuredBar["per"] }>> = {
  "validation-accuracy": { option: "threshold", per: "all" },
  "class-recall": { option: "minRecall", per: "class" },
};

/** The bar of an item with complete options; null where it has none that a number of images can be too few for. */
export function measuredBar(grader: string, options: Readonly<Record<string, unknown>>): MeasuredBar | null {
  const known = OPTIONS[grader];
  const rate = known && options[known.option];
  if (!known || typeof rate !== "number") return null;
  return {
    ...known,
    rate,
    compare: options["compare"] === "point" ? "point" : "interval",
    confidence: Number(options["confidence"]),
  };
}

/** Fewest unseen images for which an item applies at all; null where any number will do. */
export function fewestImages(options: Readonly<Record<string, unknown>>): number | null {
  const fewest = options["minImages"];
  return typeof fewest === "number" ? fewest : null;
}

/** The grader whose bar `rubric new` sets to the accuracy asked for. */
export const ACCURACY_BAR = {
  grader: "validation-accuracy",
  option: "threshold",
  from: "partialFrom",
} as const;
