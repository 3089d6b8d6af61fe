import { describe, expect, it } from "vitest";
import { terminalClass, terminalStudent } from "../../src/reporters/terminal/index.js";
import { textWidth } from "../../src/reporters/terminal/text-layout.js";
import { COLOURS, controlCharacters } from "./control-characters.js";
import { asStudent, classOf, honest, pending, sampleClass, sampleReports } from "./fixtures.js";
import { HOSTILE_TEXTS, hostileClass, hostileReports } from "./hostile.js";

const PLAIN = { colour: false, width: 80 };
const expectLinesOf = (text: string, width: number): void => {
  for (const line of text.replace(COLOURS, "").split("\n"))
    expect(textWidth(line), line).toBeLessThanOrEqual(width);
};

describe("text for a terminal", () => {
  it("looks as it did", async () => {
    await expect(terminalStudent(asStudent(honest()), PLAIN)).toMatchFileSnapshot("golden/student.txt");
    await expect(terminalClass(sampleClass(), PLAIN)).toMatchFileSnapshot("golden/class.txt");
  });

  it.each([60, 80, 120])("fits %d columns", (width) => {
    for (const report of sampleReports())
      expectLinesOf(terminalStudent(report, { colour: true, width }), width);
    expectLinesOf(terminalClass(sampleClass(), { colour: true, width }), width);
  });

  it("is the same text with and without colour", () => {
    for (const report of sampleReports()) {
      const coloured = terminalStudent(report, { colour: true, width: 80 });
      expect(coloured).not.toBe(terminalStudent(report, PLAIN));
      expect(coloured.replace(COLOURS, "")).toBe(terminalStudent(report, PLAIN));
    }
    expect(terminalClass(sampleClass(), { colour: true, width: 80 }).replace(COLOURS, "")).toBe(
      terminalClass(sampleClass(), PLAIN),
    );
  });

  it("keeps blue and yellow for frozen and trained", () => {
    const text = terminalStudent(honest(), { colour: true, width: 80 });
    const from = text.indexOf("The network");
    const network = text.slice(from, text.indexOf("Items", from));
    const coloursIn = (part: string): Set<string | undefined> =>
      new Set([...part.matchAll(COLOURS)].map(([, code]) => code));
    expect([...coloursIn(network)]).toEqual(expect.arrayContaining(["34", "33"]));
    const others = coloursIn(text.replace(network, ""));
    expect(others.has("33") || others.has("34")).toBe(false);
  });

  it("calls an unfinished mark unfinished", () => {
    expect(terminalStudent(pending(), PLAIN)).toContain("0 of 20 points so far");
    expect(terminalClass(classOf([pending()]), PLAIN)).toContain("1 submission: 0 final, 1 pending");
  });

  it("has words for an empty class", () => {
    expect(terminalClass(classOf([]), PLAIN)).toBe("Fine-tuning on emoji\n0 submissions: 0 final, 0 pending");
  });

  it.each(Object.entries(HOSTILE_TEXTS))("shows hostile text harmlessly: %s", (_, text) => {
    for (const shown of [
      ...hostileReports(text).map((report) => terminalStudent(report, PLAIN)),
      terminalClass(hostileClass(text), PLAIN),
    ]) {
      expect(shown).not.toMatch(controlCharacters({ tab: false }));
      expect(shown.split("\n").length).toBeLessThan(3_000);
      expectLinesOf(shown, 80);
    }
  });
});
