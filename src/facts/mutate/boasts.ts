import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

const CLAIM = 0.99;
/** A measured accuracy this high may round up to the claim. */
const NEARLY = 0.85;

/** The program prints an accuracy it does not have. */
export const boasts: Mutation = {
  id: "boasts",
  title: "the program reports an accuracy it does not have",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    const claims = foundIn(evidence, "claims");
    if (!heldOut || !claims || heldOut.correct / heldOut.n >= NEARLY) return null;
    return withValues(evidence, { claims: { accuracy: CLAIM, where: "printed" } });
  },
};
