import type { InspectedLayer } from "../../contract/index.js";
import { smallNumber } from "./inspection-words.js";

/** The settings of a layer that tell it from others of its class, in a few words: "3×3, stride 2". */
export function settingsWords({ class: name, settings, units, activation }: InspectedLayer): string {
  const { rate, scale, offset, mode, factor } = settings;
  const words = [
    lengths(settings["kernel_size"] ?? settings["pool_size"], "×"),
    strideWords(settings["strides"]),
    units === null ? null : `${units} units`,
    activation === null || activation === "linear" || activation === name.toLowerCase() ? null : activation,
    typeof rate === "number" ? `rate ${smallNumber(rate)}` : null,
    typeof scale === "number" ? `x * ${smallNumber(scale)}${shift(offset)}` : null,
    typeof mode === "string" ? mode : null,
    lengths(factor, " to "),
  ];
  return words.filter((word) => word !== null).join(", ");
}

function shift(offset: unknown): string {
  if (typeof offset !== "number" || offset === 0) return "";
  return ` ${offset < 0 ? "-" : "+"} ${smallNumber(Math.abs(offset))}`;
}

function strideWords(strides: unknown): string | null {
  const text = lengths(strides, "×");
  if (text === null || /^1(×1)*$/.test(text)) return null;
  const [first] = text.split("×");
  return `stride ${text.split("×").every((one) => one === first) ? first : text}`;
}

function lengths(value: unknown, between: string): string | null {
  if (typeof value === "number") return smallNumber(value);
  if (!Array.isArray(value) || value.length === 0 || value.length > 3) return null;
  return value.every((one): one is number => typeof one === "number")
    ? value.map(smallNumber).join(between)
    : null;
}
