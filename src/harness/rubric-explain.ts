import { GRADERS } from "../../graders/index.js";
import { type Dataset, Limits, parse, type Rubric } from "../contract/index.js";
import { type CompiledItem, compileRubric } from "../judge/index.js";
import { formatPoints } from "../reporters/format-figures.js";
import { openStore } from "../store/index.js";
import { countedPoints, isByHand } from "./counted-points.js";
import { judgeOne } from "./judge-run.js";
import { readRubric } from "./open-assignment.js";
import { findReference } from "./rubric-reference.js";
import { itemRules, rubricRules } from "./rubric-rules.js";
import { runInWords } from "./run-in-words.js";

export interface RubricPageItem {
  title: string;
  /** As it is written: `3`, `+2` for a bonus, `−2` for a penalty. */
  points: string;
  why: string;
  /** What is asked for; that a person knows it, where it is hidden. */
  asked: string[];
  /** How else the points are won, a sentence each. */
  rules: string[];
}

/** A rubric as its students read it. */
export interface RubricPage {
  title: string;
  description: string;
  points: number;
  /** What there is and what may be used, a line each. */
  given: { label: string; value: string }[];
  items: RubricPageItem[];
  /** How measured rates are held against bars; null where none is measured. */
  fairness: string | null;
}

/**
 * What a rubric asks for, in words for students.
 * @throws FrostlineFault for a rubric that is none, and for a data set or base that the store does not hold
 */
export async function explainRubric(root: string, name: string, storeFolder?: string): Promise<RubricPage> {
  const rubric = await readRubric(root, name);
  const items = compileRubric(rubric, GRADERS, name);
  const store = openStore({ root, ...(storeFolder ? { folder: storeFolder } : {}) });
  const { facts } = await store.openDataset(rubric.data.dataset);
  const bases = await Promise.all(rubric.data.bases.map((base) => store.openBase(base)));
  const expected = await expectedOf(root, rubric, facts);
  return {
    title: rubric.title,
    description: rubric.description ?? "",
    points: countedPoints(items),
    given: [
      ...given(
        rubric,
        facts,
        bases.map((base) => base.facts.title),
      ),
      ...runInWords(rubric),
      ...rubricRules(rubric, items),
    ],
    items: items.map((item) => ({
      title: item.title,
      points: `${SIGNS[item.kind]}${formatPoints(item.points)}`,
      why: item.grader.why,
      asked: item.hidden ? [HIDDEN] : (expected.get(item.id) ?? optionsInWords(item)),
      rules: itemRules(item, items),
    })),
    fairness: items.some(({ options }) => options["compare"] === "interval") ? FAIRNESS : null,
  };
}

const SIGNS = { counted: "", bonus: "+", penalty: "−" } as const;
const HIDDEN = "Your teacher keeps the threshold to themselves.";
const FAIRNESS =
  "Measured accuracies carry the luck of the draw. You lose points only when even the upper bound of the interval (one-sided, 95 %) misses the bar; the report prints the interval.";

function given(rubric: Rubric, data: Dataset, bases: readonly string[]): RubricPage["given"] {
  const { seconds } = parse(Limits, { ...rubric.limits }, "limits", { defaults: true });
  const count = (split: string): number =>
    data.classes.reduce((sum, name) => sum + (data.counts[split]?.[name] ?? 0), 0);
  return [
    { label: "Data", value: `${data.title}: ${data.classes.length} classes (${data.classes.join(", ")})` },
    { label: "For you", value: `${count("train")} training and ${count("validation")} validation images` },
    { label: "Bases", value: bases.join("; ") || "none" },
    { label: "Time", value: `${seconds} seconds for your program` },
  ];
}

/** What each item says it expects, asked of a right solution on the same classes; empty where there is none. */
async function expectedOf(root: string, rubric: Rubric, data: Dataset): Promise<Map<string, string[]>> {
  const reference = await findReference({ root, rubric: rubric.id }, rubric).catch(() => null);
  if (!reference || reference.evidence.classes.join() !== data.classes.join()) return new Map();
  const { items } = judgeOne(reference.evidence, { rubric }, GRADERS);
  return new Map(
    items.flatMap(({ id, verdict, waitsFor }) =>
      verdict.outcome === "scored" && !waitsFor ? [[id, [verdict.expected]] as const] : [],
    ),
  );
}

function optionsInWords(item: CompiledItem): string[] {
  const { grader, options } = item;
  const asks = options["asks"];
  if (isByHand(item) && typeof asks === "string") return [asks];
  const properties: Record<string, { description?: string }> = grader.options.properties;
  return Object.entries(options).flatMap(([name, value]) => {
    const words = properties[name]?.description;
    return !words || isOpen(value) || name === "confidence" || name === "compare"
      ? []
      : [`${words.replace(/\.$/, "")}: ${Array.isArray(value) ? value.join(", ") : String(value)}`];
  });
}

const isOpen = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);
