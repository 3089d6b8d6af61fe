import type { EvidenceWeight } from "../contract/index.js";

/**
 * Finds weights of the saved model by the names a running program gave them: by path, by the framework's own name,
 * by the last two parts of either.
 */
export function weightNames(tensors: readonly EvidenceWeight[]): (name: string) => EvidenceWeight | null {
  const exact = new Map<string, EvidenceWeight>();
  for (const tensor of tensors) exact.set(tensor.printed, tensor);
  for (const tensor of tensors) exact.set(tensor.path, tensor);
  let short: ReadonlyMap<string, EvidenceWeight | null> | null = null;
  return (name) => {
    const found = exact.get(name);
    if (found) return found;
    short ??= shortNames(tensors);
    return short.get(lastTwo(name)) ?? null;
  };
}

/** Null where two tensors have one short name: neither can be meant by it. */
function shortNames(tensors: readonly EvidenceWeight[]): Map<string, EvidenceWeight | null> {
  const short = new Map<string, EvidenceWeight | null>();
  for (const tensor of tensors) {
    const tail = lastTwo(tensor.path);
    short.set(tail, short.has(tail) ? null : tensor);
  }
  return short;
}

const lastTwo = (path: string): string => path.replace(/:0$/, "").split("/").slice(-2).join("/");
