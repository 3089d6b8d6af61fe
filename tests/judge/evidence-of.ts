import { createHash } from "node:crypto";
import {
  absent,
  type Evidence,
  type EvidenceItems,
  type EvidenceMap,
  found,
} from "../../src/contract/index.js";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const ORIGINS = {
  phases: "claimed",
  claims: "claimed",
  heldOut: "measured",
  training: "measured",
  shifted: "measured",
  leakage: "measured",
} as const;

const KEYS = [
  "structure",
  "weights",
  "optimizer",
  "phases",
  "heldOut",
  "training",
  "shifted",
  "baselines",
  "leakage",
  "run",
  "claims",
] as const;

/** Evidence in which the given items are found and all others absent. */
export function evidenceOf(
  values: { [K in keyof EvidenceMap]?: EvidenceMap[K] | undefined },
  classes: readonly string[] = ["animals", "food", "travel"],
): Evidence {
  const items = Object.fromEntries(
    KEYS.map((key) => [
      key,
      values[key] === undefined
        ? absent(`No ${key} in this case.`)
        : found(values[key], key in ORIGINS ? ORIGINS[key as keyof typeof ORIGINS] : "parsed"),
    ]),
  ) as EvidenceItems;
  return {
    schema: "frostline/evidence/1",
    submission: { id: "sample", hash: "1".repeat(64), files: [] },
    kind: "tfjs",
    entry: "main.js",
    key: "2".repeat(64),
    classes: [...classes],
    objects: {},
    stamp: null,
    items,
  };
}
