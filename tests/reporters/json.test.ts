import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/contract/index.js";
import json from "../../src/reporters/json/index.js";
import { ReportFile } from "../../src/reporters/json/report-schema.js";
import { classOf, honest, pending, sampleClass } from "./fixtures.js";
import { HOSTILE_TEXTS, hostileClass } from "./hostile.js";

const render = (report: Parameters<typeof json.render>[0]): string => json.render(report)[0]?.text ?? "";
const read = (text: string): ReportFile => parseJson(ReportFile, text, "report.json");

describe("report.json", () => {
  it("looks as it did", async () => {
    await expect(render(sampleClass())).toMatchFileSnapshot("golden/report.json");
  });

  it("has the documented shape, also for an empty class", () => {
    expect(read(render(sampleClass())).submissions).toHaveLength(10);
    expect(read(render(classOf([]))).submissions).toEqual([]);
  });

  it("documents every field", () => {
    const undocumented: string[] = [];
    const visit = (schema: Record<string, unknown>, name: string): void => {
      for (const [key, value] of Object.entries(
        (schema["properties"] ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        const inner = value["type"] === "array" || value["type"] === "object";
        if (!inner && value["description"] === undefined) undocumented.push(`${name}.${key}`);
        visit((value["items"] as Record<string, unknown> | undefined) ?? value, `${name}.${key}`);
      }
    };
    visit(ReportFile, "report");
    expect(undocumented).toEqual([]);
  });

  it("gives pending points no score and a fault with who must act", () => {
    const [submission] = read(render(classOf([pending()]))).submissions;
    expect(submission?.mark).toEqual({ earned: 0, pending: 20, possible: 20, final: false });
    expect(submission?.items.every(({ score, state }) => score === null && state === "pending")).toBe(true);
    expect(submission?.faults[0]).toMatchObject({ code: "sandbox-failed", blame: "harness" });
  });

  it("holds no figure that is not a number", () => {
    const broken = { ...honest(), mark: { earned: Number.NaN, pending: 0, possible: 20 } };
    expect(() => read(render(classOf([broken])))).toThrow(/mark/);
  });

  it.each(Object.entries(HOSTILE_TEXTS))("stays readable with hostile text: %s", (_, text) => {
    const shown = render(hostileClass(text));
    expect(shown).not.toMatch(/\\u00(0[0-8bcef]|1|7f)|\\u202e/i);
    expect(shown.length).toBeLessThan(2e6);
    expect(JSON.parse(shown).submissions).toHaveLength(3);
  });
});
