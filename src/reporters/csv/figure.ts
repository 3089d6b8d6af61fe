/** At most four decimals, with a point whatever the language; empty for what is no number. */
export function figure(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10_000) / 10_000 + 0) : "";
}
