import type { LayerGroup, Network, Weights } from "../contract/index.js";
import { plural } from "./wording.js";

/** Where the frozen part ends: after the leading base groups in which nothing was trained; null when there are none. */
export function frostLine(groups: readonly LayerGroup[], weights: Weights): Network["frostLine"] {
  const open = groups.findIndex(
    (group) =>
      group.part === "head" || (group.part === "base" && group.state !== "frozen" && group.state !== "none"),
  );
  const after = open < 0 ? groups.length : open;
  const frozen = groups.slice(0, after).filter((group) => group.part === "base");
  const tensors = frozen.reduce((sum, group) => sum + group.tensors, 0);
  if (tensors === 0) return null;
  const identical = frozen.reduce((sum, group) => sum + group.identical, 0);
  return {
    after,
    proof: weights.checkpoint
      ? `${identical} of ${plural(tensors, "tensor")} before it equal ${weights.checkpoint.title} to the bit`
      : "by the saved flags; no registered checkpoint to compare with",
  };
}
