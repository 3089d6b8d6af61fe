import type { Curve } from "../../contract/index.js";

export interface CurveLine {
  label: string;
  validation: boolean;
  /** SVG path data; gaps where values are not numbers. */
  path: string;
  /** Single epochs, which a path cannot show. */
  dots: { x: number; y: number }[];
  last: string;
}

export interface CurveChart {
  title: string;
  lines: CurveLine[];
  borders: { x: number; label: string }[];
  ticks: { y: number; label: string }[];
  epochs: number;
  note: string;
}

/** The drawing's size in its own units; the page scales it. */
export const CHART = { width: 340, height: 168, left: 40, right: 334, top: 22, bottom: 144 };

const POINT_LIMIT = 300;

/** Loss and accuracy over all epochs, training solid and validation dashed, phases side by side. */
export function curveCharts(curves: readonly Curve[]): CurveChart[] {
  return [
    { title: "Loss", names: ["loss", "val_loss"] },
    { title: "Accuracy", names: ["accuracy", "val_accuracy"] },
  ].flatMap(({ title, names }) => {
    const shown = curves.filter((curve) => names.includes(curve.name) && curve.values.length > 0);
    return shown.length > 0 ? [chart(title, names, shown)] : [];
  });
}

function chart(title: string, names: readonly string[], curves: readonly Curve[]): CurveChart {
  const phases = [...new Set(curves.map(({ phase }) => phase))].sort((a, b) => a - b);
  const lengths = phases.map((phase) =>
    Math.min(
      POINT_LIMIT,
      Math.max(...curves.filter((curve) => curve.phase === phase).map(({ values }) => values.length)),
    ),
  );
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0));
  const epochs = lengths.reduce((sum, length) => sum + length, 0);
  const values = curves.flatMap((curve) => curve.values.slice(0, POINT_LIMIT));
  const range = valueRange(title, values.filter(Number.isFinite));
  const x = (epoch: number): number => place(epoch / Math.max(1, epochs - 1), CHART.left, CHART.right);
  const y = (value: number): number => place(range.share(value), CHART.bottom, CHART.top);
  const wild = values.length - values.filter(Number.isFinite).length;
  return {
    title,
    lines: names.flatMap((name) => {
      const parts = phases.map(
        (phase) => curves.find((curve) => curve.phase === phase && curve.name === name)?.values ?? [],
      );
      const line = drawLine(parts, starts, x, y);
      return line ? [{ ...line, label: name, validation: name.startsWith("val_") }] : [];
    }),
    borders: starts
      .slice(1)
      .map((start, index) => ({ x: x(start - 0.5), label: `phase ${(phases[index + 1] ?? 0) + 1}` })),
    ticks: range.ticks.map((value) => ({ y: y(value), label: shortNumber(value) })),
    epochs,
    note: [range.log ? "Log scale." : "", wild > 0 ? `${wild} values are not numbers and are left out.` : ""]
      .join(" ")
      .trim(),
  };
}

function drawLine(
  parts: readonly (readonly number[])[],
  starts: readonly number[],
  x: (epoch: number) => number,
  y: (value: number) => number,
): Pick<CurveLine, "path" | "dots" | "last"> | null {
  const strokes: string[] = [];
  const dots: CurveLine["dots"] = [];
  let last = Number.NaN;
  parts.forEach((part, phase) => {
    let drawing = false;
    part.slice(0, POINT_LIMIT).forEach((value, index) => {
      last = value;
      if (Number.isFinite(value)) {
        const point = { x: x((starts[phase] ?? 0) + index), y: y(value) };
        strokes.push(`${drawing ? "L" : "M"}${point.x} ${point.y}`);
        if (!drawing && !Number.isFinite(part[index + 1] ?? Number.NaN)) dots.push(point);
      }
      drawing = Number.isFinite(value);
    });
  });
  return strokes.length > 0
    ? { path: strokes.join(""), dots, last: Number.isFinite(last) ? shortNumber(last) : "not a number" }
    : null;
}

interface Range {
  share(value: number): number;
  ticks: number[];
  log: boolean;
}

/** Accuracy always spans 0 to 1 so that pages compare; a loss that explodes needs a log scale to be read at all. */
function valueRange(title: string, values: readonly number[]): Range {
  const most = Math.max(...values, 0);
  const positive = values.filter((value) => value > 0);
  const least = Math.min(...positive, most);
  if (title === "Accuracy") return { share: (value) => value, ticks: [0, 0.5, 1], log: false };
  if (least > 0 && most / least > 50) {
    const low = Math.floor(Math.log10(least));
    const high = Math.ceil(Math.log10(most));
    const ticks = [low, Math.round((low + high) / 2), high].map((power) => 10 ** power);
    return {
      share: (value) => (Math.log10(Math.max(value, least)) - low) / (high - low),
      ticks: [...new Set(ticks)],
      log: true,
    };
  }
  const top = niceTop(most);
  return { share: (value) => value / top, ticks: [0, top / 2, top], log: false };
}

function niceTop(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.5, 2, 3, 4, 6, 8, 10].find((step) => step * power >= most) ?? 10) * power;
}

function place(share: number, from: number, to: number): number {
  return Math.round((from + Math.min(1.02, Math.max(-0.02, share)) * (to - from)) * 10) / 10;
}

function shortNumber(value: number): string {
  return Math.abs(value) >= 10_000 || (value !== 0 && Math.abs(value) < 0.001)
    ? value.toExponential(0)
    : String(Number(value.toPrecision(3)));
}
