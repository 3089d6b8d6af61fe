import type { Claims } from "../../contract/index.js";
import type { EngineEvent } from "./engine/events.js";

/** `accuracy: 0.91`, `val_acc=91 %` and the like; the value may be quoted or follow `"accuracy":`. */
const ACCURACY = /acc(?:uracy)?["']?\s*[:=]?\s*["']?(\d{1,3}(?:\.\d{1,6})?)\s*(%?)/gi;

/** The last accuracy the program printed or wrote about itself, as a rate of 0..1. */
export function readClaims(events: readonly EngineEvent[]): Claims {
  let claims: Claims = { accuracy: null, where: null };
  for (const event of events) {
    const text = event.ev === "console" || event.ev === "wrote" ? event.text : null;
    const accuracy = text === null ? null : lastAccuracy(text);
    if (accuracy !== null) claims = { accuracy, where: event.ev === "wrote" ? event.path : "printed" };
  }
  return claims;
}

function lastAccuracy(text: string): number | null {
  const match = [...text.slice(0, 65_536).matchAll(ACCURACY)].at(-1);
  if (!match?.[1]) return null;
  const value = match[2] === "%" ? Number(match[1]) / 100 : Number(match[1]);
  return value >= 0 && value <= 1 ? value : null;
}
