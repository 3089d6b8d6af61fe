import type { EvidenceWeight } from "../contract/index.js";

/**
 * Finds weights of the saved model by the names a running program gave them: by path, by the framework's own name,
 * by the last two parts of either.
 */
export function weightNames(tensors: readonly EvidenceWeight[]): (name: string) => EvidenceWeight | null {
  const exact = new Map<string, EvidenceWeight>();
  const short = new Map<string, EvidenceWeight | null>();
  for (const tensor of tensors) {
    exact.set(tensor.path, tensor);
    if (!exact.has(tensor.printed)) exact.set(tensor.printed, tensor);
    const tail = lastTwo(tensor.path);
    // Two tensors with one short name: neither can be meant by it.
    short.set(tail, short.has(tail) ? null : tensor);
  }
  return (name) => exact.get(name) ?? short.get(lastTwo(name)) ?? null;
}

const lastTwo = (path: string): string => path.replace(/:0$/, "").split("/").slice(-2).join("/");
