/** What a loss expects of the last layer. */
export interface LossKind {
  /** One probability a class, or one yes or no an output. */
  form: "categorical" | "binary";
  /** Reads raw scores whatever is configured. */
  alwaysLogits: boolean;
}

const KINDS: readonly [RegExp, LossKind][] = [
  [/^(sparse)?categorical(crossentropy|focalcrossentropy)$/, { form: "categorical", alwaysLogits: false }],
  [/^binary(crossentropy|focalcrossentropy)$/, { form: "binary", alwaysLogits: false }],
  [/^softmaxcrossentropy$/, { form: "categorical", alwaysLogits: true }],
  [/^sigmoidcrossentropy$/, { form: "binary", alwaysLogits: true }],
];

/** The kind of a loss by any of its spellings, or null when it is no classification loss. */
export function lossKind(name: string): LossKind | null {
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  return KINDS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}
