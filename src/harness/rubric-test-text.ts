import { cleanText, oneLine } from "../reporters/clean-text.js";
import { formatNoun, formatPoints } from "../reporters/format-figures.js";
import { fitText, wrapText } from "../reporters/terminal/text-layout.js";
import type { MutantResult } from "./rubric-mutants.js";
import type { ExampleResult, RubricTest } from "./rubric-test.js";

const shown = (text: string): string => oneLine(cleanText(text, 600));

/** What came of testing a rubric: what was noticed, then the gaps. Ends without a line feed. */
export function rubricTestText(test: RubricTest, width: number): string {
  const { rubric, reference, mutants, examples, passed } = test;
  const { earned, possible, pending } = reference.grade;
  const lines = [
    ...wrapText(
      `Rubric ${rubric.id}, tested with ${formatNoun(mutants.length, "mistake")} in ${shown(reference.name)}, which earns ${formatPoints(earned)} of ${formatPoints(possible)}${pending > 0 ? `, ${formatPoints(pending)} pending` : ""}.`,
      width,
    ),
    "",
    ...mutantLines(mutants, width, "Survived: the rubric asks for it and does not notice"),
    ...fileLines(test.fileMutants, width),
    ...exampleLines(examples, width),
    "",
    noticed([...mutants, ...(test.fileMutants ?? [])]),
    ...referenceLines(test, width),
    passed ? "The rubric passes." : "The rubric does not pass.",
  ];
  return lines.join("\n");
}

/** What was noticed, then the gaps. */
function mutantLines(mutants: readonly MutantResult[], width: number, survived: string): string[] {
  const of = (outcome: MutantResult["outcome"]) => mutants.filter((mutant) => mutant.outcome === outcome);
  return [
    ...of("killed").flatMap((mutant) => killedLines(mutant, width)),
    ...section(survived, of("survived"), width, survivedWhy),
    ...section(
      "Also lost, though the mistake is not theirs",
      unintended(mutants),
      width,
      ({ unintended: ids }) => ids.join(", "),
    ),
    ...section("Not asked for: no item would notice", of("unasked"), width, unaskedWhy),
    ...section("Cannot be tried: the reference has nothing to spoil there", of("unfit"), width, () => ""),
  ];
}

/** What evidence shows and its file does not was lost on the way from one to the other. */
const UNSEEN = "Survived: what is noticed above and not here is a gap in Frostline, not in the rubric";

function fileLines(mutants: readonly MutantResult[] | null, width: number): string[] {
  if (mutants === null) return [];
  const title = `In the bytes of its saved model, read and predicted in jails (${mutants.length})`;
  return ["", title, "", ...mutantLines(mutants, width, UNSEEN)];
}

function noticed(mutants: readonly MutantResult[]): string {
  const killed = mutants.filter(({ outcome }) => outcome === "killed").length;
  const asked = killed + mutants.filter(({ outcome }) => outcome === "survived").length;
  return `${killed} of ${formatNoun(asked, "mistake")} that the rubric asks about ${asked === 1 ? "is" : "are"} noticed.`;
}

function killedLines({ title, lost }: MutantResult, width: number): string[] {
  const items = lost.map(({ id, points }) => `${id} -${formatPoints(points)}`).join(", ");
  return [`✓ ${shown(title)}`, ...wrapText(items, width - 4).map((line) => `    ${line}`)];
}

function section(
  title: string,
  mutants: readonly MutantResult[],
  width: number,
  why: (mutant: MutantResult) => string,
): string[] {
  if (mutants.length === 0) return [];
  return [
    "",
    `${title} (${mutants.length})`,
    ...mutants.flatMap((mutant) => [
      `  ${fitText(shown(mutant.title), width - 2).trimEnd()}`,
      ...wrapText(shown(why(mutant)), width - 4).map((line) => `    ${line}`),
    ]),
  ];
}

const unintended = (mutants: readonly MutantResult[]): MutantResult[] =>
  mutants.filter((mutant) => mutant.unintended.length > 0);

const survivedWhy = ({ blind }: MutantResult): string => blind.map(({ id, why }) => `${id} ${why}`).join(" ");

function unaskedWhy({ graders, lost }: MutantResult): string {
  const also = lost.map(({ id, points }) => `${id} -${formatPoints(points)}`).join(", ");
  return `An item with ${graders.join(" or ")} would.${also === "" ? "" : ` It costs by the way: ${also}.`}`;
}

function exampleLines(examples: readonly ExampleResult[] | null, width: number): string[] {
  if (examples === null) return [];
  if (examples.length === 0) return ["", "No example has an expected grade under this rubric."];
  return [
    "",
    `Examples with expected grades (${examples.length})`,
    ...examples.flatMap(({ name, earned, possible, unmet }) => [
      `  ${unmet.length === 0 ? "✓" : "✗"} ${shown(name)}: ${formatPoints(earned)} of ${formatPoints(possible)}`,
      ...unmet.flatMap((line) => wrapText(shown(line), width - 6).map((part) => `      ${part}`)),
    ]),
  ];
}

function referenceLines({ reference }: RubricTest, width: number): string[] {
  const { earned, possible, items } = reference.grade;
  if (earned >= possible) return [];
  const short = items.filter(
    ({ kind, verdict, earned: got, points }) =>
      kind === undefined && verdict.outcome !== "not-applicable" && got < points,
  );
  return wrapText(
    `The reference does not earn every point (${short.map(({ id }) => id).join(", ")}), so mistakes cannot show there.`,
    width,
  );
}
