import { cleanText } from "../reporters/clean-text.js";
import { formatNoun, formatPoints } from "../reporters/format-figures.js";
import { pageRenderer } from "../reporters/html/render-page.js";
import { labelled, spread, wrapText } from "../reporters/terminal/text-layout.js";
import type { RubricPage } from "./rubric-explain.js";

/** The page as text. Ends without a line feed. */
export function rubricPageText(page: RubricPage, width: number): string {
  const { title, description, points, given, items, fairness } = page;
  return [
    ...wrapText(title, width),
    formatNoun(points, "point"),
    ...(description === "" ? [] : ["", ...wrapText(description, width)]),
    "",
    ...given.flatMap(({ label, value }) => labelled(label, value, width, 0)),
    ...items.flatMap((item) => [
      "",
      spread(item.title, item.points, width),
      ...wrapText(item.why, width - 2).map((line) => `  ${line}`),
      ...item.asked.flatMap((line) => labelled("Asked", line, width, 2)),
      ...item.rules.flatMap((line) => labelled("Rule", line, width, 2)),
    ]),
    ...(fairness === null ? [] : ["", ...wrapText(fairness, width)]),
  ].join("\n");
}

const TEXT_LIMIT = 4000;

/** The page for the browser: one file that needs no network. */
export function rubricPageHtml(page: RubricPage): string {
  const clean = (text: string): string => cleanText(text, TEXT_LIMIT);
  return pageRenderer()("rubric-page", clean(page.title), {
    title: clean(page.title),
    description: clean(page.description),
    points: formatPoints(page.points),
    given: page.given.map(({ label, value }) => ({ label, value: clean(value) })),
    items: page.items.map((item) => ({
      title: clean(item.title),
      points: item.points,
      why: item.why,
      asked: item.asked.map(clean),
      rules: item.rules.map(clean),
    })),
    fairness: page.fairness,
  });
}
