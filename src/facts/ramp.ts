/**
 * Partial credit that rises between two thresholds: 0 at `zeroAt`, 1 from `fullAt` on, straight between. Equal
 * thresholds make a step that `fullAt` itself passes. Anything that is not a number scores 0.
 */
export function ramp(value: number, zeroAt: number, fullAt: number): number {
  if (value >= fullAt) return 1;
  return value > zeroAt ? (value - zeroAt) / (fullAt - zeroAt) : 0;
}

/** The same falling: 1 up to `fullTo`, 0 from `zeroAt` on. */
export function fall(value: number, fullTo: number, zeroAt: number): number {
  return ramp(-value, -zeroAt, -fullTo);
}
