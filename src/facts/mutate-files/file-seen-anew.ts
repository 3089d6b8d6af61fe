import type { Evidence } from "../../contract/index.js";
import { withChecks } from "../mutate/edit-evidence.js";

/** The evidence of a program whose saved model was changed: what was `seen` of the file, held against the program's own record. */
export function fileSeenAnew(evidence: Evidence, seen: Evidence): Evidence {
  const { structure, weights, optimizer, heldOut, training, shifted, baselines } = seen.items;
  const fromFile = { structure, weights, optimizer, heldOut, training, shifted, baselines };
  return withChecks({ ...evidence, items: { ...evidence.items, ...fromFile } });
}
