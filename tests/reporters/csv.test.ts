import { describe, expect, it } from "vitest";
import { guardCell } from "../../src/reporters/csv/guard-cell.js";
import csv from "../../src/reporters/csv/index.js";
import { controlCharacters } from "./control-characters.js";
import { classOf, honest, pending, sampleClass } from "./fixtures.js";
import { HOSTILE_TEXTS, hostileClass } from "./hostile.js";

const render = (report: Parameters<typeof csv.render>[0]): string => csv.render(report)[0]?.text ?? "";

describe("grades.csv", () => {
  it("looks as it did", async () => {
    await expect(render(sampleClass())).toMatchFileSnapshot("golden/grades.csv");
  });

  it("holds ids and no names", () => {
    expect(render(sampleClass())).toContain("ada-lindqvist");
    expect(render(sampleClass())).not.toContain("Ada");
  });

  it("leaves a cell empty where points are pending", () => {
    const [, line = ""] = render(classOf([pending()])).split("\r\n");
    expect(line).toBe(`gita-larsen,pending,0,20,20,${",".repeat(9)},,,,,sandbox-failed,`);
  });

  it("has a header alone for an empty class", () => {
    expect(render(classOf([])).trim().split("\r\n")).toHaveLength(1);
  });

  it("writes figures without the dust of binary fractions", () => {
    const report = { ...honest(), mark: { earned: 0.1 + 0.2, pending: 0, possible: 20 } };
    expect(render(classOf([report]))).toContain("ada-lindqvist,final,0.3,0,20,");
  });

  it.each(Object.entries(HOSTILE_TEXTS))(
    "keeps one line a submission and no formula with hostile text: %s",
    (_, text) => {
      const lines = render(hostileClass(text)).trimEnd().split("\r\n");
      expect(lines).toHaveLength(4);
      for (const line of lines) {
        expect(line).not.toMatch(/^"?[=+\-@|%\t]/);
        expect(line).not.toMatch(controlCharacters({ tab: false }));
      }
    },
  );
});

describe("the formula guard", () => {
  it.each([
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "|cmd",
    "%0A",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\uff1d1+1",
    "\uff0b1",
    '"=1',
    "'=1",
    "\u00a0=1",
    "\u0000=1",
  ])("makes text of %j", (text) => {
    expect(guardCell(text)).toMatch(/^'/);
    expect(guardCell(text)).not.toMatch(/[\r\n\t]/);
  });

  it.each(["ada-lindqvist", "s1234567", "Ümit Öz", "a=b", ""])("leaves %j as it is", (text) => {
    expect(guardCell(text)).toBe(text);
  });
});
