import type { Runtime } from "../contract/index.js";

/** `1 layer`, `3 layers`, and with the plural named `2 classes`. */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;

/** A rate of 0..1 with two decimals, never rounded up to a certainty that was not reached. */
export function rate(value: number): string {
  const text = value.toFixed(2);
  return (text === "1.00" && value < 1) || (text === "0.00" && value > 0) ? value.toFixed(4) : text;
}

/** A p-value as papers give it: `p = 0.034`, `p < 0.001`. */
export const pValue = (value: number): string => (value < 0.001 ? "p < 0.001" : `p = ${value.toFixed(3)}`);

/** A learning rate as people write it, free of float32 noise: 0.001, 1e-5. */
export function stepSize(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const [mantissa, exponent] = rounded.toExponential().split("e") as [string, string];
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? `${mantissa}e${Number(exponent)}` : String(rounded);
}

/** `a, b and c`, with the rest counted beyond `most`. */
export function listed(names: readonly string[], most = 4): string {
  const shown =
    names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : [...names];
  const last = shown.pop();
  if (last === undefined) return "none";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

/** The line of code in the language the network was written in. */
export const inLanguage = (runtime: Runtime, tfjs: string, keras: string): string =>
  runtime === "tfjs" ? tfjs : keras;
