import {
  absent,
  type Evidence,
  type EvidenceItems,
  type EvidenceKey,
  type Fault,
  type Grader,
} from "../contract/index.js";

const NOT_YET_KNOWN = absent("It was graded before this was looked at; grading it again will tell.");

/** What a grader is given, or why it cannot be asked. */
export type Unwrapped =
  | {
      state: "ready";
      values: Record<string, unknown>;
      /** Why something the grader merely uses is not there, when that is not the submission's doing. */
      missing: Fault | null;
    }
  | { state: "fault"; fault: Fault }
  | { state: "absent"; why: string };

/**
 * Takes what the grader declared out of the evidence. A failure that is not the submission's wins over one that is:
 * while our side is broken, nothing may cost points.
 */
export function unwrapEvidence(evidence: Evidence, grader: Grader): Unwrapped {
  const { items } = evidence;
  const faults = faultsOf(items, grader.needs);
  const fault = faults.find((one) => one.blame !== "submission") ?? faults[0];
  if (fault) return { state: "fault", fault };
  for (const key of grader.needs) {
    const item = items[key] ?? NOT_YET_KNOWN;
    if (item.state === "absent") return { state: "absent", why: item.why };
  }
  const values: Record<string, unknown> = { classes: evidence.classes };
  for (const key of [...grader.needs, ...grader.uses]) {
    const item = items[key];
    values[key] = item?.state === "found" ? item.value : null;
  }
  const missing = faultsOf(items, grader.uses).find((one) => one.blame !== "submission") ?? null;
  return { state: "ready", values, missing };
}

function faultsOf(items: EvidenceItems, keys: readonly EvidenceKey[]): Fault[] {
  return keys.flatMap((key) => {
    const item = items[key];
    return item?.state === "failed" ? [item.fault] : [];
  });
}
