import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { GRADERS } from "../../graders/index.js";
import { ACCURACY_BAR } from "../../graders/measured-bars.js";
import {
  FrostlineFault,
  type LatePolicy,
  nearest,
  parse,
  Rubric,
  type RubricItem,
} from "../contract/index.js";
import { compileRubric } from "../judge/index.js";
import { openStore } from "../store/index.js";
import { readRubric } from "./open-assignment.js";

/** What must be known of an assignment to write its rubric. */
export interface RubricAnswers {
  /** Id of the ready rubric that is nearest. */
  like: string;
  id: string;
  title: string;
  dataset: string;
  bases: string[];
  points: number;
  /** Accuracy on unseen images that earns all points of its item, 0..1; null for that of the ready rubric. */
  accuracy: number | null;
  /** What lateness costs; null for no deadline. */
  late: LatePolicy | null;
}

/** What there is to choose from. */
export interface RubricChoices {
  ready: Rubric[];
  datasets: string[];
  bases: string[];
}

/** The ready rubrics, and the data sets and bases of the store. */
export async function rubricChoices(root: string, storeFolder?: string): Promise<RubricChoices> {
  const files = await readdir(join(root, "rubrics"));
  const ids = files.filter((file) => file.endsWith(".json") && file !== "rubric.schema.json").sort();
  const store = openStore({ root, ...(storeFolder ? { folder: storeFolder } : {}) });
  return {
    ready: await Promise.all(ids.map((file) => readRubric(root, join(root, "rubrics", file)))),
    datasets: (await store.listDatasets()).map(({ facts }) => facts.name),
    bases: (await store.listBases()).map(({ facts }) => facts.name),
  };
}

/**
 * A rubric like a ready one, for another data set, base, sum of points and accuracy.
 * @throws FrostlineFault `option-invalid` or `json-invalid` for an answer that cannot be
 */
export function writeRubric(choices: RubricChoices, answers: RubricAnswers): Rubric {
  const ready = choices.ready.find(({ id }) => id === answers.like);
  if (!ready)
    throw unknown(
      "--like",
      answers.like,
      choices.ready.map(({ id }) => id),
    );
  if (!choices.datasets.includes(answers.dataset))
    throw unknown("--dataset", answers.dataset, choices.datasets);
  const base = answers.bases.find((name) => !choices.bases.includes(name));
  if (base !== undefined) throw unknown("--base", base, choices.bases);
  const { $schema: _, ...kept } = ready;
  const { imageSize: __, ...data } = ready.data;
  const sameData = ready.data.dataset === answers.dataset;
  const rubric = parse(
    Rubric,
    {
      ...kept,
      id: answers.id,
      title: answers.title,
      data: { ...(sameData ? ready.data : data), dataset: answers.dataset, bases: answers.bases },
      ...(answers.late ? { late: answers.late } : {}),
      items: withBar(shared(ready.items, answers.points), answers.accuracy),
    },
    "your answers",
  );
  compileRubric(rubric, GRADERS, "your answers");
  return rubric;
}

const STEP = 0.5;

/** The items with their points in the same proportions, in half points, summing to the total. */
function shared(items: readonly RubricItem[], total: number): RubricItem[] {
  const before = items.reduce((sum, item) => sum + item.points, 0);
  const exact = items.map((item) => (item.points / before) * total);
  const points = exact.map((share) => Math.floor(share / STEP) * STEP);
  // What rounding left over goes where it took most.
  const order = exact
    .map((share, place) => ({ place, cut: share - (points[place] ?? 0) }))
    .sort((a, b) => b.cut - a.cut || a.place - b.place);
  let left = Math.round((total - points.reduce((sum, share) => sum + share, 0)) / STEP);
  for (const { place } of order) {
    if (left === 0) break;
    points[place] = (points[place] ?? 0) + STEP;
    left -= 1;
  }
  return items.map((item, place) => ({ ...item, points: points[place] ?? 0 }));
}

/** Partial credit keeps its distance below the bar. */
function withBar(items: readonly RubricItem[], accuracy: number | null): RubricItem[] {
  if (accuracy === null) return [...items];
  const { grader, option, from } = ACCURACY_BAR;
  return items.map((item) => {
    const { [option]: bar, [from]: partial } = item.options ?? {};
    if (item.grader !== grader) return item;
    const lower =
      typeof bar === "number" && typeof partial === "number"
        ? { [from]: Math.max(0, Math.round((accuracy - bar + partial) * 1000) / 1000) }
        : {};
    return { ...item, options: { ...item.options, [option]: accuracy, ...lower } };
  });
}

function unknown(option: string, found: string, known: readonly string[]): FrostlineFault {
  const near = nearest(found, known);
  return new FrostlineFault("option-invalid", {
    option,
    found: `\`${found}\`, which is not there`,
    expected: `One of ${known.join(", ")}`,
    hint: near ? `Did you mean \`${near}\`?` : "Choose one of these.",
  });
}
