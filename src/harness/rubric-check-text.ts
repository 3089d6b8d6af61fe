import { formatNoun, formatPoints } from "../reporters/format-figures.js";
import { wrapText } from "../reporters/terminal/text-layout.js";
import type { RubricCheck } from "./rubric-check.js";

/** The warnings of a rubric in words. Ends without a line feed. */
export function rubricCheckText(check: RubricCheck, width: number): string {
  const { rubric, points, warnings, pendingForModels } = check;
  const head = `Rubric ${rubric.id}: ${formatNoun(rubric.items.length, "item")}, ${formatPoints(points)} points, ${warnings.length === 0 ? "no warnings" : formatNoun(warnings.length, "warning")}.`;
  const lines = warnings.flatMap(({ item, what, next }) => [
    "",
    ...wrapText(`! ${item === null ? "" : `${item}: `}${what}`, width),
    ...wrapText(next, width - 2).map((line) => `  ${line}`),
  ]);
  const note =
    pendingForModels && pendingForModels.length > 0
      ? [
          "",
          ...wrapText(
            `Note: a saved model handed in without a program leaves these pending, because nothing in it can decide them: ${pendingForModels.join(", ")}.`,
            width,
          ),
        ]
      : [];
  return [...wrapText(head, width), ...lines, ...note].join("\n");
}
