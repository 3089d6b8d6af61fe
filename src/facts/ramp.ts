/**
 * Partial credit between two thresholds: 0 at `zeroAt`, 1 at `fullAt`, straight between, on either side of each
 * other. Equal thresholds make a step that `fullAt` itself passes. Anything that is not a number scores 0.
 */
export function ramp(value: number, zeroAt: number, fullAt: number): number {
  if (Number.isNaN(value)) return 0;
  const rising = fullAt >= zeroAt;
  if (rising ? value >= fullAt : value <= fullAt) return 1;
  if (rising ? value <= zeroAt : value >= zeroAt) return 0;
  return (value - zeroAt) / (fullAt - zeroAt);
}
