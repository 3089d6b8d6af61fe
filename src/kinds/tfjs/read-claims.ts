import type { Claims } from "../../contract/index.js";
import { claimedAccuracy } from "../claimed-accuracy.js";
import type { EngineEvent } from "./engine/events.js";

/** The last accuracy the program printed or wrote about itself, as a rate of 0..1. */
export function readClaims(events: readonly EngineEvent[]): Claims {
  let claims: Claims = { accuracy: null, where: null };
  for (const event of events) {
    const text = event.ev === "console" || event.ev === "wrote" ? event.text : null;
    const accuracy = text === null ? null : claimedAccuracy(text);
    if (accuracy !== null) claims = { accuracy, where: event.ev === "wrote" ? event.path : "printed" };
  }
  return claims;
}
