import type { EvidenceWeight } from "../../src/contract/index.js";
import { plural } from "../../src/facts/index.js";

/**
 * Why the last layer looks as it was created, in a sentence, or null. A bias starts as zeros and the first step of
 * training moves it; a layer without a bias cannot be told.
 */
export function untouchedHead(head: readonly EvidenceWeight[]): string | null {
  const last = head.findLast((tensor) => tensor.slot === "bias");
  if (!last || last.l2 > 0) return null;
  const size = last.shape.reduce((product, length) => product * length, 1);
  return `The bias of the last layer (${last.layer}) is still zero in ${size === 1 ? "its only place" : `all ${plural(size, "place")}`}, as at creation: it was never trained.`;
}
