const MISSING = "not known";

/** Points or another plain number with at most two decimals: 17.5, 3, 0.33. */
export function formatPoints(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100 + 0) : MISSING;
}

/** A rate of 0..1 with as many decimals as asked: 0.801. */
export function formatRate(rate: number, decimals = 3): string {
  return Number.isFinite(rate) ? rate.toFixed(decimals) : MISSING;
}

/** A whole number in groups of three: 173,152. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A large number at a glance: 992, 5.6 k, 4.01 M. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  for (const [size, unit] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return String(Math.round(value));
}

/** A duration in milliseconds: 840 ms, 12.4 s, 3 min 5 s. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return MISSING;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 99_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A count with its noun: 1 layer, 3 layers, 2 classes. */
export function formatNoun(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
