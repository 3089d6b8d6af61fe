import {
  FrostlineFault,
  type Grader,
  nearest,
  parse,
  type Rubric,
  type RubricItem,
} from "../contract/index.js";
import { checkPolicies } from "./check-policies.js";
import { checkRequires } from "./check-requires.js";
import { groupScales } from "./group-scales.js";
import { rubricFault } from "./rubric-fault.js";

/** A rubric's item with its grader found and its options complete and valid. */
export interface CompiledItem {
  id: string;
  title: string;
  /** What it is worth in the grade: scaled to its group's share where the rubric has groups. */
  points: number;
  /** What it is worth in the rubric's own figures. */
  rubricPoints: number;
  kind: "counted" | "bonus" | "penalty";
  group: string | null;
  trust: NonNullable<RubricItem["trust"]> | null;
  whenNotApplicable: NonNullable<RubricItem["whenNotApplicable"]>;
  requires: readonly string[];
  hidden: boolean;
  grader: Grader;
  options: Record<string, unknown>;
}

/**
 * Every item of the rubric with its grader and complete options. `file` names the rubric in complaints.
 * @throws FrostlineFault `rubric-grader` for an unknown grader, `json-invalid` (with the path inside the rubric) for
 * options the grader does not take, two items with one id, and groups, gates or policies that contradict themselves.
 */
export function compileRubric(
  rubric: Rubric,
  graders: readonly Grader[],
  file = "the rubric",
): CompiledItem[] {
  const seen = new Set<string>();
  for (const [index, item] of rubric.items.entries()) {
    const id = idOf(item);
    if (seen.has(id)) throw duplicate(file, index, id);
    seen.add(id);
  }
  const items = rubric.items.map((item, index) => compileItem(item, index, graders, file));
  checkRequires(items, file);
  checkPolicies(rubric, file);
  const scaleOf = groupScales(rubric, file);
  return items.map((item) => ({ ...item, points: scaled(item.points, scaleOf(item.group)) }));
}

const idOf = (item: RubricItem): string => item.id ?? item.grader;

function compileItem(
  item: RubricItem,
  index: number,
  graders: readonly Grader[],
  file: string,
): CompiledItem {
  const grader = find(item.grader, graders);
  return {
    id: idOf(item),
    title: item.title ?? grader.title,
    points: item.points,
    rubricPoints: item.points,
    kind: item.kind ?? "counted",
    group: item.group ?? null,
    trust: item.trust ?? null,
    whenNotApplicable: item.whenNotApplicable ?? "out-of-sum",
    requires: item.requires ?? [],
    hidden: item.hidden ?? false,
    grader,
    options: complete(item, grader, index, file),
  };
}

/** A share such as 10/3 keeps nine decimals, so that three of them make 10 again. */
const scaled = (points: number, scale: number): number =>
  scale === 1 ? points : Math.round(points * scale * 1e9) / 1e9;

function find(id: string, graders: readonly Grader[]): Grader {
  const grader = graders.find((one) => one.id === id);
  if (grader) return grader;
  const known = graders.map((one) => one.id);
  const near = nearest(id, known);
  throw new FrostlineFault("rubric-grader", {
    grader: id,
    known: known.join(", "),
    hint: near ? `Did you mean \`${near}\`?` : "Choose one of these.",
  });
}

function duplicate(file: string, index: number, id: string): FrostlineFault {
  return rubricFault(file, `/items/${index}/id`, {
    found: `a second item \`${id}\``,
    expected: "A different id for each item",
    hint: "Give one of the two items an `id` of its own.",
  });
}

function complete(item: RubricItem, grader: Grader, index: number, file: string): Record<string, unknown> {
  try {
    return parse(grader.options, item.options ?? {}, file, { defaults: true });
  } catch (error) {
    if (!(error instanceof FrostlineFault)) throw error;
    const inner = String(error.fault.params["path"]).replace(/\/$/, "");
    throw new FrostlineFault(
      error.fault.code,
      { ...error.fault.params, path: `/items/${index}/options${inner}` },
      error,
    );
  }
}
