import { type Evidence, type EvidenceItems, type EvidenceKey, failed, fault } from "../contract/index.js";

/**
 * The evidence with every piece that holds a number which is none, such as NaN, as one that failed on our side: nothing
 * compares with it as with a number, and no file can hold it, so it is no submission's doing.
 */
export function onlyFinite(evidence: Evidence): Evidence {
  const odd = Object.entries(evidence.items).filter(
    ([, item]) => item.state === "found" && !holdsNumbers(item.value),
  );
  if (odd.length === 0) return evidence;
  const broken = odd.map(([key]): [EvidenceKey, EvidenceItems[EvidenceKey]] => [
    key as EvidenceKey,
    failed(fault("internal", { message: `a number in the evidence \`${key}\` is none` })),
  ]);
  return { ...evidence, items: { ...evidence.items, ...Object.fromEntries(broken) } };
}

/** Losses after each epoch: a training that diverged has some that are no numbers, which graders judge as such. */
const MAY_DIVERGE = "history";

function holdsNumbers(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => key === MAY_DIVERGE || holdsNumbers(inner));
}
