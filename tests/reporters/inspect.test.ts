import { createHash } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Inspection } from "../../src/contract/index.js";
import { inspectModel } from "../../src/harness/inspect-model.js";
import { jsonInspection, pageInspection, terminalInspection } from "../../src/reporters/inspect/index.js";
import { COLOURS, controlCharacters } from "./control-characters.js";
import { HOSTILE_TEXTS } from "./hostile.js";
import { readTags } from "./read-tags.js";

const ROOT = join(import.meta.dirname, "../..");
const WIDE = { colour: false, width: 80 };

let base: Inspection;
let froze: Inspection;
beforeAll(async () => {
  const bundled = join(ROOT, "src/store/bundled/efficientnet-lite0-stage5");
  base = await inspectModel({ root: ROOT, source: bundled });
  froze = await inspectModel({
    root: ROOT,
    source: join(ROOT, "tests/models/fixtures/froze-after-fit.k3.10.0.h5"),
  });
});

/** Words of the contract, which no file can choose. */
const FIXED = new Set(["schema", "format", "runtime", "part", "state", "level", "relation", "channels"]);

/** The inspection with `text` in every string and every name of a setting. */
function poisoned(value: unknown, text: string, key = ""): unknown {
  if (typeof value === "string") return FIXED.has(key) ? value : text;
  if (Array.isArray(value)) return value.map((inner) => poisoned(inner, text, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, poisoned(inner, text, name)]),
  );
}

describe("the page of a model", () => {
  it("is well formed, with every id once, and loads nothing", () => {
    for (const inspection of [base, froze]) {
      const page = pageInspection(inspection);
      const ids = readTags(page).flatMap(({ attributes }) => attributes.get("id") ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      expect(page).not.toMatch(/https?:\/\/|url\(|@import|\bsrc\s*=|<iframe|<object|<base/i);
    }
  });

  it("allows exactly the style it holds", () => {
    const page = pageInspection(froze);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64").replaceAll("=", "&#x3D;");
    expect(page).toContain(`style-src &#x27;sha256-${hash}&#x27;`);
    expect(readTags(page).some(({ attributes }) => attributes.has("style"))).toBe(false);
  });

  it("draws what the optimizer trained beside what is frozen by the flags", () => {
    const page = pageInspection(froze);
    expect(page).toMatch(/<th scope="row"[^>]*>stem.*class="st frozen">frozen<.*trained by the optimizer/);
    expect(page).toContain("but the optimizer trained it");
  });

  it("folds long tables and names each tensor with its hash", () => {
    const page = pageInspection(base);
    expect(page).toContain("All 100 layers");
    for (const { sha256 } of base.weights) expect(page).toContain(sha256);
  });
});

describe("the text of a model", () => {
  it.each([60, 72, 80])("fits %d columns", (width) => {
    for (const inspection of [base, froze]) {
      const text = terminalInspection(inspection, { colour: false, width });
      for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  it("says the same with and without colour", () => {
    const coloured = terminalInspection(froze, { ...WIDE, colour: true });
    expect(coloured).toMatch(COLOURS);
    expect(coloured.replace(COLOURS, "")).toBe(terminalInspection(froze, WIDE));
  });
});

describe("the JSON of a model", () => {
  it("is the inspection itself", () => {
    expect(JSON.parse(jsonInspection(froze))).toEqual(froze);
  });

  it("keeps exact text but cannot steer a terminal", () => {
    const name = "a\u009b31m\u202e\u200b";
    const text = jsonInspection({ ...froze, name });
    expect(JSON.parse(text).name).toBe(name);
    expect(text).not.toMatch(controlCharacters({ tab: false }));
  });
});

describe("hostile names in a model", () => {
  it.each(Object.entries(HOSTILE_TEXTS))("stay text: %s", (_, text) => {
    const hostile = poisoned(
      { ...froze, layers: froze.layers.slice(0, 6) },
      text.slice(0, 4000),
    ) as Inspection;
    const page = pageInspection(hostile);
    const tags = readTags(page);
    expect(tags.filter(({ name, closing }) => name === "script" && !closing)).toHaveLength(1);
    expect(tags.some(({ name }) => name === "img")).toBe(false);
    for (const { attributes } of tags)
      for (const attribute of attributes.keys()) expect(attribute).not.toMatch(/^on/);
    expect(page).not.toMatch(controlCharacters({ tab: true }));
    const printed = terminalInspection(hostile, WIDE);
    expect(printed).not.toMatch(controlCharacters({ tab: false }));
  });
});
