import type { Evidence, EvidenceItems, EvidenceKey, EvidenceMap } from "../../contract/index.js";
import { crossCheck } from "../cross-check.js";
import { pairedAnew } from "./edit-paired.js";

/** What was found under a key, or null. */
export function foundIn<K extends EvidenceKey>(evidence: Evidence, key: K): EvidenceMap[K] | null {
  const item = evidence.items[key];
  return item?.state === "found" ? (item.value as EvidenceMap[K]) : null;
}

/**
 * The evidence with other values under some keys; origins stay. Statements of the process are held against the new
 * files again, as they would have been.
 */
export function withValues(
  evidence: Evidence,
  values: { [K in EvidenceKey]?: EvidenceMap[K] | null },
): Evidence {
  const baselines = foundIn(evidence, "baselines");
  const beside = values.heldOut && baselines ? { baselines: pairedAnew(baselines, values.heldOut) } : {};
  const changed = Object.entries({ ...beside, ...values }).flatMap(([key, value]) => {
    const item = evidence.items[key as EvidenceKey];
    return item?.state === "found" && value ? [[key, { ...item, value }] as const] : [];
  });
  const items = { ...evidence.items, ...(Object.fromEntries(changed) as Partial<EvidenceItems>) };
  return withChecks({ ...evidence, items });
}

/** Statements of the process held against the files once more. */
export function withChecks(evidence: Evidence): Evidence {
  const { phases } = evidence.items;
  const structure = foundIn(evidence, "structure");
  const weights = foundIn(evidence, "weights");
  if (phases.state !== "found" || !structure || !weights) return evidence;
  const checks = crossCheck(phases.value, structure, weights, foundIn(evidence, "optimizer"));
  return {
    ...evidence,
    items: { ...evidence.items, phases: { ...phases, value: { ...phases.value, checks } } },
  };
}
