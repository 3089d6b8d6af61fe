import {
  FrostlineFault,
  type Grader,
  nearest,
  parse,
  type Rubric,
  type RubricItem,
} from "../contract/index.js";

/** A rubric's item with its grader found and its options complete and valid. */
export interface CompiledItem {
  id: string;
  title: string;
  points: number;
  grader: Grader;
  options: Record<string, unknown>;
}

/**
 * Every item of the rubric with its grader and complete options. `file` names the rubric in complaints.
 * @throws FrostlineFault `rubric-grader` for an unknown grader, `json-invalid` (with the path inside the rubric) for
 * options the grader does not take and for two items with one id.
 */
export function compileRubric(
  rubric: Rubric,
  graders: readonly Grader[],
  file = "the rubric",
): CompiledItem[] {
  const seen = new Set<string>();
  return rubric.items.map((item, index) => {
    const grader = find(item.grader, graders);
    const id = item.id ?? item.grader;
    if (seen.has(id)) throw duplicate(file, index, id);
    seen.add(id);
    return {
      id,
      title: item.title ?? grader.title,
      points: item.points,
      grader,
      options: complete(item, grader, index, file),
    };
  });
}

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
  return new FrostlineFault("json-invalid", {
    file,
    path: `/items/${index}/id`,
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
