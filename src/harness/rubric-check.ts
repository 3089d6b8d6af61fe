import { GRADERS } from "../../graders/index.js";
import { fewestImages, type MeasuredBar, measuredBar } from "../../graders/measured-bars.js";
import { absent, type Dataset, type Evidence, type Rubric } from "../contract/index.js";
import { type BarPower, barPower } from "../facts/index.js";
import { type CompiledItem, compileRubric } from "../judge/index.js";
import { openStore } from "../store/index.js";
import { countedPoints } from "./counted-points.js";
import { depthWarnings, newlyPending } from "./depth-warnings.js";
import { languageWarnings } from "./language-warnings.js";
import { readRubric } from "./open-assignment.js";
import { findReference } from "./rubric-reference.js";

export interface RubricWarning {
  /** The item it is about; null for the rubric as a whole. */
  item: string | null;
  what: string;
  next: string;
}

export interface RubricCheck {
  rubric: Rubric;
  points: number;
  warnings: RubricWarning[];
  /** Items that stay pending for a saved model handed in without a program; null where no evidence could show it. */
  pendingForModels: string[] | null;
}

/** What a doubtful bar must tell apart, and how surely: ten points overall, twenty in one class, four times of five. */
const MARGINS = { all: 0.1, class: 0.2 } as const;
const CAUGHT = 0.8;
/** A rule that fails more than this share of those who truly meet the bar is a lottery. */
const LOTTERY = 0.2;
const ROUND = 5;

/**
 * Warns of what a rubric cannot decide or decides by luck.
 * @throws FrostlineFault for a rubric that is none, and for a data set or base that the store does not hold
 */
export async function checkRubric(root: string, name: string, storeFolder?: string): Promise<RubricCheck> {
  const rubric = await readRubric(root, name);
  const items = compileRubric(rubric, GRADERS, name);
  const store = openStore({ root, ...(storeFolder ? { folder: storeFolder } : {}) });
  const { facts } = await store.openDataset(rubric.data.dataset);
  const bases = await Promise.all(rubric.data.bases.map((base) => store.openBase(base)));
  const points = countedPoints(items);
  const reference = await findReference({ root, rubric: rubric.id }, rubric).catch(() => null);
  const right = reference?.evidence ?? null;
  return {
    rubric,
    points,
    warnings: [
      ...pointWarnings(rubric, items, points),
      ...languageWarnings(
        rubric,
        items,
        neverDecided(items, facts),
        bases.map((base) => base.facts.family),
      ),
      ...items.flatMap((item) => itemWarnings(item, facts)),
      ...depthWarnings(rubric, right),
    ],
    pendingForModels: right && pendingForModels(rubric, right),
  };
}

function pointWarnings({ total }: Rubric, items: readonly CompiledItem[], points: number): RubricWarning[] {
  const sum = {
    item: null,
    what: `The points sum to ${points}, which is no round figure.`,
    next: `Change them to sum to a multiple of ${ROUND}.`,
  };
  const none = items
    .filter((item) => item.points === 0)
    .map(({ id }) => ({
      item: id,
      what: "The item is worth nothing.",
      next: "Give it points or leave it out.",
    }));
  // Whoever declares a total means it, round or not.
  return [...(points % ROUND === 0 || total !== undefined ? [] : [sum]), ...none];
}

/** Ids of items that no submission on this data can be judged by. */
function neverDecided(items: readonly CompiledItem[], data: Dataset): ReadonlySet<string> {
  const shifted = countsOf(data, "shifted").total;
  const stuck = items.filter(({ grader }) => grader.needs.includes("shifted") && shifted === 0);
  return new Set(stuck.map(({ id }) => id));
}

function itemWarnings(item: CompiledItem, data: Dataset): RubricWarning[] {
  const hidden = countsOf(data, "hidden");
  const fewest = fewestImages(item.options);
  const bar = measuredBar(item.grader.id, item.options);
  const warn = (what: string, next: string): RubricWarning => ({ item: item.id, what, next });
  return [
    ...(neverDecided([item], data).has(item.id)
      ? [
          warn(
            `The data set ${data.name} has no shifted images, so the item stays pending for everybody.`,
            "Leave the item out, or add a data set with a folder `shifted`.",
          ),
        ]
      : []),
    ...(fewest !== null && fewest > hidden.total
      ? [
          warn(
            `It asks for ${fewest} unseen images, and ${data.name} has ${hidden.total}, so it applies to nobody.`,
            "Leave the item out or take a larger data set.",
          ),
        ]
      : []),
    ...(bar ? barWarnings(bar, hidden, warn) : []),
  ];
}

interface Counts {
  total: number;
  smallest: number;
  largest: number;
}

function countsOf(data: Dataset, split: string): Counts {
  const counts = data.classes.map((name) => data.counts[split]?.[name] ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return { total, smallest: Math.min(...counts), largest: Math.max(...counts) };
}

function barWarnings(
  bar: MeasuredBar,
  hidden: Counts,
  warn: (what: string, next: string) => RubricWarning,
): RubricWarning[] {
  const n = bar.per === "class" ? hidden.smallest : hidden.total;
  if (n === 0) return [];
  const margin = MARGINS[bar.per];
  const power = barPower(n, bar.rate, margin, bar.compare, bar.confidence);
  const trivial = hidden.largest / hidden.total;
  return [
    ...powerWarnings(bar, n, margin, power, warn),
    ...(bar.per === "all" && bar.rate <= trivial
      ? [
          warn(
            `Always answering the largest class reaches ${trivial.toFixed(3)}, and the bar is ${bar.rate}.`,
            `Set \`${bar.option}\` well above it.`,
          ),
        ]
      : []),
  ];
}

function powerWarnings(
  { rate, compare, option, per }: MeasuredBar,
  n: number,
  margin: number,
  { misses, wronglyFailed, caught }: BarPower,
  warn: (what: string, next: string) => RubricWarning,
): RubricWarning[] {
  const images = per === "class" ? `${n} unseen images of the smallest class` : `${n} unseen images`;
  if (compare === "point" && wronglyFailed > LOTTERY) {
    return [
      warn(
        `With ${images}, ${Math.round(100 * wronglyFailed)} of 100 networks that truly reach ${rate} are measured below it and lose the points.`,
        'Take `"compare": "interval"`, which fails about 5 of 100 of them.',
      ),
    ];
  }
  if (caught >= CAUGHT) return [];
  return [
    warn(
      `With ${images}, only ${misses.toFixed(3)} and less misses the bar of ${rate}; a network that truly reaches ${(rate - margin).toFixed(2)} loses points ${Math.round(100 * caught)} times of 100.`,
      `Use more images (200 tell ten points apart), or set \`${option}\` knowing that.`,
    ),
  ];
}

/** Tried on evidence of a right solution with all taken away that only a program's run can tell. */
function pendingForModels(rubric: Rubric, right: Evidence): string[] {
  const none = absent("Nothing was run.");
  const model = { ...right, items: { ...right.items, phases: none, claims: none } };
  return newlyPending(rubric, right, model).map(({ id }) => id);
}
