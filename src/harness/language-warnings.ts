import { nearest, type Rubric } from "../contract/index.js";
import type { CompiledItem } from "../judge/index.js";
import { countedPoints, isByHand } from "./counted-points.js";
import type { RubricWarning } from "./rubric-check.js";

/**
 * Warns of parts of a rubric that are valid and still not what its author meant.
 * @param stuck ids of items that stay pending for everybody
 * @param families architectures of the rubric's bases
 */
export function languageWarnings(
  rubric: Rubric,
  items: readonly CompiledItem[],
  stuck: ReadonlySet<string>,
  families: readonly string[],
): RubricWarning[] {
  return [
    ...totalWarnings(rubric, items),
    ...items.flatMap((item) => gateWarnings(item, items, stuck)),
    ...items.filter(({ hidden }) => hidden).flatMap((item) => revealed(item, rubric, items)),
    ...items.flatMap((item) => familyWarnings(item, families)),
    ...policyWarnings(rubric, items),
  ];
}

/** With groups, the points are scaled to the total, so that they always sum. */
function totalWarnings({ total, groups }: Rubric, items: readonly CompiledItem[]): RubricWarning[] {
  const points = countedPoints(items);
  if (total === undefined || groups || points === total) return [];
  return [
    {
      item: null,
      what: `The points sum to ${points}, and the declared total is ${total}.`,
      next: "Change the points or `total`, or let groups share the total by weights.",
    },
  ];
}

function gateWarnings(
  item: CompiledItem,
  items: readonly CompiledItem[],
  stuck: ReadonlySet<string>,
): RubricWarning[] {
  return item.requires.flatMap((id): RubricWarning[] => {
    const gate = items.find((one) => one.id === id);
    const byHand = gate !== undefined && isByHand(gate);
    if (!byHand && !stuck.has(id)) return [];
    return [
      {
        item: item.id,
        what: byHand
          ? `It waits for \`${id}\`, which is pending until a person gives the points.`
          : `It waits for \`${id}\`, which stays pending for everybody.`,
        next: `Take \`${id}\` out of \`requires\`${byHand ? ", or give those points before marks are final" : ""}.`,
      },
    ];
  });
}

/** A hidden number that students can read elsewhere in the rubric. */
function revealed(item: CompiledItem, rubric: Rubric, items: readonly CompiledItem[]): RubricWarning[] {
  const texts = [
    ["the rubric's title", rubric.title],
    ["the rubric's description", rubric.description ?? ""],
    ...items.map(({ id, title }) => [`the title of \`${id}\``, title]),
  ] as const;
  const written = numbersOf(rubric.items.find(({ id, grader }) => (id ?? grader) === item.id)?.options);
  return texts.flatMap(([place, text]): RubricWarning[] => {
    const number = written.find((one) => says(text, one));
    if (number === undefined) return [];
    return [
      {
        item: item.id,
        what: `It is hidden, and ${place} says its ${number}.`,
        next: "Leave the number out there, or do not hide the item.",
      },
    ];
  });
}

const numbersOf = (options: Record<string, unknown> = {}): number[] =>
  Object.values(options).filter((value) => typeof value === "number");

/** As it is, or as a percentage. */
function says(text: string, number: number): boolean {
  const spoken = (text.match(/\d+(?:[.,]\d+)?|[.,]\d+/g) ?? []).map((word) => Number(word.replace(",", ".")));
  const percent = Math.round(number * 1e6) / 1e4;
  return spoken.includes(number) || (number > 0 && number <= 1 && spoken.includes(percent));
}

function familyWarnings({ id, options }: CompiledItem, known: readonly string[]): RubricWarning[] {
  const asked = options["families"];
  if (!Array.isArray(asked) || asked.length === 0) return [];
  const fits = (name: string): boolean =>
    known.some((family) => family.startsWith(name) || name.startsWith(family));
  return asked.map(String).flatMap((name): RubricWarning[] => {
    if (fits(name)) return [];
    const near = nearest(name, known);
    return [
      {
        item: id,
        what: `It accepts ${name}, and no base of the rubric is one (${known.join(", ") || "it names none"}).`,
        next: near ? `Did you mean ${near}?` : "Add such a base to `data.bases`, or leave the name out.",
      },
    ];
  });
}

function policyWarnings({ bonusMax }: Rubric, items: readonly CompiledItem[]): RubricWarning[] {
  const bonus = items.filter(({ kind }) => kind === "bonus");
  if (bonusMax === undefined || bonus.length > 0) return [];
  return [
    {
      item: null,
      what: `It limits bonus to ${bonusMax} points and has no bonus item.`,
      next: 'Give an item `"kind": "bonus"`, or leave `bonusMax` out.',
    },
  ];
}
