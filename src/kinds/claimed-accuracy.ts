/** `accuracy: 0.91`, `val_acc=91 %` and the like; the value may be quoted or follow `"accuracy":`. */
const ACCURACY = /acc(?:uracy)?["']?\s*[:=]?\s*["']?(\d{1,3}(?:\.\d{1,6})?)\s*(%?)/gi;

/** The last accuracy that a text states, as a rate of 0..1; null when it states none. */
export function claimedAccuracy(text: string): number | null {
  const match = [...text.slice(0, 65_536).matchAll(ACCURACY)].at(-1);
  if (!match?.[1]) return null;
  const value = match[2] === "%" ? Number(match[1]) / 100 : Number(match[1]);
  return value >= 0 && value <= 1 ? value : null;
}
