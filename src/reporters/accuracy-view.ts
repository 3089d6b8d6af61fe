import type { AccuracyView } from "../contract/index.js";
import { formatNoun, formatRate } from "./format-figures.js";

export interface ScaleRow {
  label: string;
  value: string;
  kind: "measured" | "claimed" | "other" | "baseline";
  /** Percent of the scale's width. */
  x: number;
  interval: { x: number; width: number } | null;
}

export interface AccuracyPicture {
  sentence: string;
  /** What it means beside the baselines. */
  beside: readonly string[];
  rows: ScaleRow[];
  thresholds: { x: number; label: string }[];
  /** How sure the interval is, as a percentage. */
  confidence: string;
  quality: { label: string; value: string }[];
}

const percent = (rate: number): number => Math.round(Math.min(1, Math.max(0, rate)) * 10_000) / 100;

/** Everything that is a rate of right answers, on one scale of 0 to 1. */
export function accuracyPicture(view: AccuracyView): AccuracyPicture {
  const { heldOut, interval } = view;
  const rate = heldOut.correct / heldOut.n;
  const rows: ScaleRow[] = [
    {
      ...scaleRow("measured", `Hidden images (n = ${heldOut.n})`, rate),
      interval: { x: percent(interval.low), width: percent(interval.high) - percent(interval.low) },
    },
  ];
  if (view.claimed !== null) rows.push(scaleRow("claimed", "Said by the program", view.claimed));
  if (view.training) rows.push(portionRow("Training images", view.training));
  if (view.shifted) rows.push(portionRow("Shifted images", view.shifted));
  for (const { label, value } of view.baselines) rows.push(scaleRow("baseline", capitalised(label), value));
  return {
    sentence: sentence(view, rate),
    beside: view.beside,
    rows,
    thresholds: view.thresholds.map(({ label, value }) => ({
      x: percent(value),
      label: `${label}: ${formatRate(value, 2)}`,
    })),
    confidence: `${Math.round(interval.confidence * 100)} %`,
    quality: qualityFacts(view),
  };
}

function scaleRow(kind: ScaleRow["kind"], label: string, rate: number): ScaleRow {
  return { kind, label, value: formatRate(rate), x: percent(rate), interval: null };
}

function portionRow(label: string, { n, correct }: { n: number; correct: number }): ScaleRow {
  return scaleRow("other", `${label} (n = ${n})`, correct / n);
}

function sentence({ heldOut, interval }: AccuracyView, rate: number): string {
  return (
    `${heldOut.correct} of ${formatNoun(heldOut.n, "hidden image")} right: ${formatRate(rate)}. ` +
    `The true rate lies between ${formatRate(interval.low, 2)} and ${formatRate(interval.high, 2)}, ` +
    `with ${Math.round(interval.confidence * 100)} % confidence.`
  );
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function qualityFacts({ heldOut }: AccuracyView): AccuracyPicture["quality"] {
  const facts: AccuracyPicture["quality"] = [];
  if (heldOut.logLoss !== null) facts.push({ label: "Log loss", value: formatRate(heldOut.logLoss, 2) });
  if (heldOut.calibrationError !== null) {
    facts.push({ label: "Calibration error", value: formatRate(heldOut.calibrationError, 2) });
  }
  const { step, origin } = heldOut.preprocessing;
  facts.push({ label: "Pixels given", value: `${step.name} (${origin})` });
  return facts;
}
