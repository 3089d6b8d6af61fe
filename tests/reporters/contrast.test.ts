import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(
  path.join(import.meta.dirname, "../../src/reporters/html/styles/palette.css"),
  "utf8",
);
const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body);

const tokensOf = (body: string): Map<string, string> =>
  new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [lighter = 0, darker = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const SURFACES = ["paper", "card", "ice-wash", "ember-wash"];
const TEXT = ["ink", "ink-soft", "ice", "ember", "pass", "miss", "pending"];
const TINTS = ["tint-1", "tint-2", "tint-3", "tint-4"];

/** What stands on what in the style: text needs 4.5 to 1, shapes 3 to 1 (WCAG AA). */
const PAIRS: [front: string, back: string, least: number][] = [
  ...SURFACES.flatMap((back) => TEXT.map((front): [string, string, number] => [front, back, 4.5])),
  ...TINTS.map((back): [string, string, number] => ["ink", back, 4.5]),
  ["ink-soft", "tint-1", 4.5],
  ["pass", "card", 3],
  ...SURFACES.map((back): [string, string, number] => ["edge", back, 3]),
];

describe.each([
  ["light", tokensOf(light)],
  ["dark", tokensOf(dark)],
])("the %s scheme", (_, tokens) => {
  it.each(PAIRS)("shows %s on %s with at least %d to 1", (front, back, least) => {
    const [over, under] = [tokens.get(front), tokens.get(back)];
    if (!over || !under) throw new Error(`A token is missing: ${front} ${over}, ${back} ${under}`);
    expect(contrast(over, under)).toBeGreaterThanOrEqual(least);
  });
});

it("sets every colour by a token", () => {
  const rules = css.replace(/:root \{[^}]*\}/g, "");
  expect(rules).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i);
});

it("has the same tokens in both schemes", () => {
  expect([...tokensOf(dark).keys()]).toEqual([...tokensOf(light).keys()]);
});
