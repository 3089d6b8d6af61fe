import type { InspectedLayer, Inspection } from "../../contract/index.js";
import { formatCompact, formatCount } from "../format-figures.js";
import type { TerminalStyle } from "../terminal/index.js";
import { networkText } from "../terminal/network-text.js";
import { type Paint, paintFor } from "../terminal/paint.js";
import { fitText, labelled, spread, wrapText } from "../terminal/text-layout.js";
import { cleanInspection } from "./clean-inspection.js";
import { inputFacts, type LabelledFact, originFacts, trainingFacts } from "./inspection-facts.js";
import { formatLine, shownFindings, summaryWords, trainableWords } from "./inspection-words.js";
import { type LayerLine, layerLines } from "./layer-lines.js";

/** One saved model as text, in the order and the words of its page. Ends without a line feed. */
export function terminalInspection(inspection: Inspection, style: TerminalStyle): string {
  const shown = cleanInspection(inspection);
  const width = Math.max(60, style.width);
  const paint = paintFor(style.colour);
  const facts = (list: readonly LabelledFact[]): string[] =>
    list.flatMap(({ label, value }) => labelled(label, value, width, 2));
  return [
    ...headText(shown, paint, width),
    ...section("Worth knowing", findingsText(shown, paint, width), paint),
    ...section(
      "The network",
      shown.layers.length > 0 ? networkText(shown.network, [], paint, width) : [],
      paint,
    ),
    ...section("Layers", layersText(shown, paint, width), paint),
    ...section("Weights", weightsText(shown, width), paint),
    ...section("Training", facts(trainingFacts(shown)), paint),
    ...section("Base and head", facts(originFacts(shown)), paint),
    ...section("Input and output", facts(inputFacts(shown)), paint),
    ...section("File", filesText(shown, width), paint),
  ].join("\n");
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length > 0 ? ["", paint.strong(title), ...lines] : [];
}

function headText(inspection: Inspection, paint: Paint, width: number): string[] {
  const { figure, unit } = trainableWords(inspection);
  return [
    paint.soft(fitText(formatLine(inspection), width).trimEnd()),
    paint.strong(spread(inspection.name, `${figure} ${unit}`, width)),
    ...shareLine(inspection.parameters, paint, width),
    ...wrapText(summaryWords(inspection), width),
  ];
}

/** Frozen and trainable parameters as one bar. */
function shareLine({ total, frozen }: Inspection["parameters"], paint: Paint, width: number): string[] {
  if (frozen === null || total === 0) return [];
  // A share that exists is seen, however small it is.
  const exact = (frozen / total) * width;
  const ice = Math.min(frozen < total ? width - 1 : width, Math.max(frozen > 0 ? 1 : 0, Math.round(exact)));
  return [paint.ice("█".repeat(ice)) + paint.ember("▓".repeat(width - ice))];
}

function findingsText({ findings }: Inspection, paint: Paint, width: number): string[] {
  return shownFindings(findings).flatMap(({ level, layer, detail, advice }) => {
    const sign = level === "warning" ? paint.miss("✗ Warning") : "· Note   ";
    const text = layer === "" ? detail : `${layer}: ${detail}`;
    const [first = "", ...rest] = wrapText(text, width - 12);
    return [
      `${sign}   ${first}`,
      ...rest.map((line) => `${" ".repeat(12)}${line}`),
      ...wrapText(advice, width - 12).map((line) => `${" ".repeat(12)}${paint.soft(line)}`),
    ];
  });
}

const PARTS: readonly [InspectedLayer["part"], string][] = [
  ["input", "Input"],
  ["base", "Base"],
  ["head", "Head"],
];
const WHAT = 22;
const SHAPE = 11;
const PARAMETERS = 8;
const STATE = 9;

function layersText(inspection: Inspection, paint: Paint, width: number): string[] {
  if (inspection.layers.length === 0) return [];
  const name = width - 2 - WHAT - SHAPE - PARAMETERS - STATE - 4;
  const columns = (title: string, what: string, shape: string, parameters: string): string =>
    [fitText(title, name), fitText(what, WHAT), fitText(shape, SHAPE), parameters.padStart(PARAMETERS)].join(
      " ",
    );
  const ink = ({ state }: LayerLine): ((text: string) => string) =>
    ({ frozen: paint.ice, trainable: paint.ember, none: paint.soft })[state.side ?? "none"];
  const head = paint.soft(`  ${columns("", "class", "output", "params")} flag`);
  const marks = contradictions(inspection);
  const told = PARTS.flatMap(([part, title]) => {
    const lines = layerLines(inspection, part);
    if (lines.length === 0) return [];
    return [
      ` ${paint.soft(title)}`,
      ...lines.map((line) => {
        const shape = line.shape.replaceAll(" ", "");
        const parameters = line.parameters > 0 ? formatCompact(line.parameters) : "–";
        const mark = marks.get(line.state.but) ?? "";
        return `  ${columns(line.name, line.what, shape, parameters)} ${ink(line)(line.state.word)}${mark}`.trimEnd();
      }),
    ];
  });
  const notes = [...marks].map(([but, mark]) => `  ${mark} ${but}`);
  return [head, ...told, ...notes];
}

const MARKS = ["*", "†", "‡"];

/** What contradicts the flags of layers, each with a mark of its own. */
function contradictions(inspection: Inspection): Map<string, string> {
  const all = PARTS.flatMap(([part]) => layerLines(inspection, part)).map(({ state }) => state.but);
  return new Map(
    [...new Set(all)].filter((but) => but !== "").map((but, index) => [but, MARKS[index] ?? "*"]),
  );
}

const MOST_WEIGHTS = 40;

/** The tensors themselves, where the file does not say which layers they belong to. */
function weightsText({ layers, weights }: Inspection, width: number): string[] {
  if (layers.length > 0) return [];
  const lines = weights
    .slice(0, MOST_WEIGHTS)
    .map(({ printed, shape, dtype }) =>
      `  ${fitText(printed, width - 30)} ${fitText(shape.join(" × ") || "one value", 18)} ${dtype}`.trimEnd(),
    );
  const more = weights.length - MOST_WEIGHTS;
  return more > 0 ? [...lines, `  … ${formatCount(more)} more`] : lines;
}

function filesText({ files, frostline }: Inspection, width: number): string[] {
  return [
    ...files
      .slice(0, 4)
      .flatMap(({ name, sha256 }) =>
        labelled("Hash", files.length > 1 ? `${sha256} ${name}` : sha256, width, 2),
      ),
    ...(files.length > 4 ? [`  … ${formatCount(files.length - 4)} more files`] : []),
    ...labelled("With", `Frostline ${frostline}; nothing in the file was run`, width, 2),
  ];
}
