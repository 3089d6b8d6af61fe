import { describe, expect, it } from "vitest";
import { type Attempt, attemptOf, byStudent, countedAttempt } from "../../src/judge/index.js";

const attempt = (name: string, earned: number | null, pending = 0, possible = 10): Attempt => ({
  name,
  mark: earned === null ? null : { earned, pending, possible },
});

const counted = (counts: "best" | "last", ...own: Attempt[]): string | null =>
  countedAttempt(byStudent(own)[0] ?? [], counts)?.name ?? null;

describe("attempts of one student", () => {
  it.each([
    ["ana", "ana", 1],
    ["ana@1", "ana", 1],
    ["ana@12", "ana", 12],
    ["ana@0", "ana@0", 1],
    ["ana@uni.example", "ana@uni.example", 1],
    ["ana@uni.example@2", "ana@uni.example", 2],
    ["@2", "@2", 1],
  ])("are told by the name %s", (name, student, number) => {
    expect(attemptOf(name)).toEqual({ student, number });
  });

  it("are put in order by number, not by letters, whatever order they come in", () => {
    const names = ["ben", "ana@10", "ana", "ana@2"];
    const groups = (order: readonly string[]) =>
      byStudent(order.map((name) => attempt(name, 0))).map((own) => own.map(({ name }) => name));
    expect(groups(names)).toEqual([["ben"], ["ana", "ana@2", "ana@10"]]);
    expect(groups(names.toReversed())).toEqual([["ana", "ana@2", "ana@10"], ["ben"]]);
    expect(groups(["ana@1", "ana"])).toEqual(groups(["ana", "ana@1"]));
  });

  it("count by the last of them, which no earlier one may stand in for", () => {
    expect(counted("last", attempt("ana@1", 9), attempt("ana@2", 4))).toBe("ana@2");
    expect(counted("last", attempt("ana@2", null), attempt("ana@1", 9))).toBeNull();
    expect(countedAttempt([], "last")).toBeNull();
  });

  it("count by the best of them", () => {
    expect(counted("best", attempt("ana@1", 4), attempt("ana@2", 9), attempt("ana@3", 5))).toBe("ana@2");
    expect(counted("best", attempt("ana@1", 4), attempt("ana@2", null))).toBe("ana@1");
    expect(counted("best", attempt("ana@1", null))).toBeNull();
  });

  it("count by the share of what was possible, where items that do not apply are out of the sum", () => {
    expect(counted("best", attempt("ana@1", 6, 0, 10), attempt("ana@2", 5, 0, 6))).toBe("ana@2");
    expect(counted("best", attempt("ana@1", 0, 0, 0), attempt("ana@2", 1, 0, 10))).toBe("ana@2");
  });

  it("are not settled while pending points could make another one the best", () => {
    expect(counted("best", attempt("ana@1", 7), attempt("ana@2", 5, 4))).toBe("ana@2");
    expect(counted("best", attempt("ana@1", 7), attempt("ana@2", 5, 1))).toBe("ana@1");
  });

  it("prefer of equal ones the settled, then the first", () => {
    expect(counted("best", attempt("ana@1", 5, 2), attempt("ana@2", 7))).toBe("ana@2");
    expect(counted("best", attempt("ana@2", 7), attempt("ana@1", 7))).toBe("ana@1");
  });
});
