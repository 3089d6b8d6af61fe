import { describe, expect, it } from "vitest";
import { cleanText, oneLine } from "../../src/reporters/clean-text.js";

describe("cleaning text", () => {
  it.each([
    ["\u001b[31mred\u001b[0m", "red"],
    ["\u001b]0;title\u0007after", "after"],
    ["\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link"],
    ["\u001bP1$r\u001b\\x", "x"],
    ["\u001b_apc\u001b\\x", "x"],
    ["\u009b2Jx", "x"],
    ["FAIL\rPASS", "FAIL\nPASS"],
    ["a\r\nb", "a\nb"],
    ["a\b\b\u0000\u007f\u0085b", "a\nb"],
    ["\u202eabc\u2069", "⟨U+202E⟩abc⟨U+2069⟩"],
    ["a\u{e0041}b", "a⟨U+E0041⟩b"],
    ["\ud83d", "\ufffd"],
    ["tab\tand\nline", "tab\tand\nline"],
    ["Ünïcödé 日本 🦊", "Ünïcödé 日本 🦊"],
  ])("turns %j into %j", (text, clean) => {
    expect(cleanText(text, 1_000)).toBe(clean);
  });

  it("keeps the start and the end of a long text and says how much is missing", () => {
    const clean = cleanText(`start${"x".repeat(10_000)}end`, 300);
    expect(clean).toMatch(/^start.*9708 characters left out.*end$/s);
    expect(clean.length).toBeLessThan(400);
  });

  it("does not let an unfinished sequence swallow more than itself", () => {
    expect(cleanText("\u001b[", 100)).toBe("");
    expect(cleanText("before\u001b", 100)).toBe("before");
  });

  it("limits marks stacked on one letter", () => {
    expect(cleanText(`e${"\u0301".repeat(100)}`, 1_000).length).toBe(5);
  });

  it("puts text on one line", () => {
    expect(oneLine(" a\n\tb  c ")).toBe("a b c");
  });
});
