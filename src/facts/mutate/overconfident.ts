import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Sure of everything, right or wrong. */
export const overconfident: Mutation = {
  id: "overconfident",
  title: "the network is far surer than it is right",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    if (!heldOut || heldOut.calibrationError === null || heldOut.logLoss === null) return null;
    return withValues(evidence, {
      heldOut: { ...heldOut, calibrationError: 0.5, logLoss: heldOut.logLoss * 4 },
    });
  },
};
