import { describe, expect, it } from "vitest";
import { FrostlineFault, parse, Rubric, type RubricItem } from "../../src/contract/index.js";
import { compileRubric } from "../../src/judge/index.js";
import { rubricOf, STUBS } from "./stub-graders.js";

function faultOf(items: readonly Partial<RubricItem>[], more: Partial<Rubric> = {}): FrostlineFault["fault"] {
  try {
    compileRubric(rubricOf(items, more), STUBS, "mine.json");
  } catch (error) {
    if (error instanceof FrostlineFault) return error.fault;
  }
  throw new Error("No fault was thrown.");
}

const group = (id: string) => ({ id, title: id, weight: 1 });

describe("a rubric that contradicts itself", () => {
  it.each<[string, readonly Partial<RubricItem>[], Partial<Rubric>, object]>([
    [
      "waits for an item that is not there",
      [{ id: "frozen" }, { id: "rate", requires: ["frozn"] }],
      {},
      { path: "/items/1/requires/0", found: "unknown item `frozn`", hint: "Did you mean `frozen`?" },
    ],
    [
      "waits for itself",
      [{ id: "a", requires: ["a"] }],
      {},
      { path: "/items/0/requires", found: "a circle: a waits for a" },
    ],
    [
      "goes round in a circle that another item leads into",
      [
        { id: "in", requires: ["a"] },
        { id: "a", requires: ["b"] },
        { id: "b", requires: ["a"] },
      ],
      {},
      { path: "/items/1/requires", found: "a circle: a waits for b waits for a" },
    ],
    [
      "waits for nothing like it",
      [{ id: "a", requires: ["zzzzzzzz"] }],
      {},
      {
        hint: "Name an item of this rubric, or leave it out.",
        expected: "The id of an item of this rubric; there is none to name",
      },
    ],
    [
      "lets a penalty wait",
      [{ id: "a" }, { id: "b", kind: "penalty", requires: ["a"] }],
      {},
      { path: "/items/1/requires", found: "a penalty that waits for another item" },
    ],
    [
      "names a group that is not there",
      [{ group: "trainign" }],
      { groups: [group("training")] },
      { path: "/items/0/group", hint: "Did you mean `training`?" },
    ],
    [
      "names a group and has none",
      [{ group: "a" }],
      {},
      {
        path: "/items/0/group",
        hint: "Name a group of this rubric, or leave it out.",
      },
    ],
    [
      "leaves an item without a group",
      [{ id: "a", group: "a" }, {}],
      { groups: [group("a")] },
      { path: "/items/1/group", found: "an item without a group" },
    ],
    [
      "puts a bonus into a group",
      [{ kind: "bonus", group: "a" }],
      { groups: [group("a")] },
      { path: "/items/0/group", found: "a bonus item in the group `a`" },
    ],
    [
      "has two groups with one id",
      [{ group: "a" }],
      { groups: [group("a"), group("a")] },
      { path: "/groups/1/id", found: "a second group `a`" },
    ],
    [
      "has a group that is worth nothing",
      [{ group: "a", points: 0 }],
      { groups: [group("a")] },
      { path: "/groups/0", found: "a group `a` whose items are worth nothing" },
    ],
    [
      "is due on a day that the calendar does not have",
      [{}],
      { late: { due: "2026-13-41T00:00:00Z", perDayPercent: 1 } },
      { path: "/late/due" },
    ],
    [
      "says twice what a day costs",
      [{}],
      { late: { due: "2026-11-20T00:00:00Z", perDayPercent: 1, perDayPoints: 1 } },
      { path: "/late", found: "both a percentage and points" },
    ],
    [
      "does not say what a day costs",
      [{}],
      { late: { due: "2026-11-20T00:00:00Z" } },
      { path: "/late", found: "neither a percentage nor points" },
    ],
    [
      "says what comes after days that it does not number",
      [{}],
      { late: { due: "2026-11-20T00:00:00Z", perDayPercent: 1, afterMaxDays: "zero" } },
      { path: "/late/afterMaxDays" },
    ],
    ["has attempts without a cost", [{}], { attempts: {} }, { path: "/attempts" }],
    [
      "allows fewer attempts than are free",
      [{}],
      { attempts: { free: 3, max: 2 } },
      { path: "/attempts/max", expected: "At least 3" },
    ],
    [
      "asks for more classes than it allows",
      [{}],
      { data: { dataset: "emoji", bases: [], classes: { min: 5, max: 2 } } },
      { path: "/data/classes" },
    ],
  ])("%s is refused at its place", (_, items, more, params) => {
    expect(faultOf(items, more)).toMatchObject({
      code: "json-invalid",
      blame: "instructor",
      params: { file: "mine.json", ...params },
    });
  });

  it("is accepted when it does not", () => {
    const items = [
      { id: "a", group: "a" },
      { id: "b", group: "a", requires: ["a"] },
    ];
    const more = {
      groups: [group("a")],
      late: { due: "2026-11-20T00:00:00Z", perDayPoints: 1, maxDays: 2, afterMaxDays: "same" as const },
      attempts: { max: 3 },
      data: { dataset: "emoji", bases: [], classes: { min: 2, max: 2 } },
    };
    expect(compileRubric(rubricOf(items, more), STUBS)).toHaveLength(2);
  });
});

describe("a rubric of the wrong shape", () => {
  const complaint = (change: object): object => {
    try {
      parse(Rubric, { ...rubricOf([{}]), ...change }, "mine.json");
    } catch (error) {
      if (error instanceof FrostlineFault) return error.fault.params;
    }
    throw new Error("It was accepted.");
  };
  const item = (change: object): object => ({ items: [{ grader: "full", points: 1, ...change }] });

  it.each<[object, object]>([
    [item({ kind: "bonsu" }), { path: "/items/0/kind", found: '"bonsu"', hint: "Did you mean `bonus`?" }],
    [item({ kind: 3 }), { path: "/items/0/kind", found: "3" }],
    [item({ trust: "proven" }), { path: "/items/0/trust", hint: "Did you mean `proved`?" }],
    [
      item({ trust: "xxxxxxxxx" }),
      { hint: "Choose one of these.", expected: "One of proved, consistent, claimed" },
    ],
    [item({ whenNotApplicable: "fulll" }), { hint: "Did you mean `full`?" }],
    [item({ requires: [] }), { path: "/items/0/requires" }],
    [item({ requires: ["a", "a"] }), { path: "/items/0/requires" }],
    [item({ require: ["a"] }), { path: "/items/0", hint: "Did you mean `requires`?" }],
    [item({ hidden: "yes" }), { path: "/items/0/hidden", found: '"yes"' }],
    [
      { groups: [{ id: "a", title: "A", weigth: 1 }] },
      { path: "/groups/0", hint: "Rename `weigth` to `weight`." },
    ],
    [{ groups: [{ id: "a", title: "A" }] }, { hint: "Add `weight`." }],
    [{ groups: [{ id: "a", title: "A", weight: 0 }] }, { path: "/groups/0/weight", found: "0" }],
    [{ total: -1 }, { path: "/total", found: "-1" }],
    [{ bonusMax: -1 }, { path: "/bonusMax" }],
    [{ late: { due: "tomorrow", perDayPercent: 5 } }, { path: "/late/due", expected: /2026-11-20T23:59/ }],
    [
      { late: { due: "2026-11-20T23:59:00Z", perDayPercent: 500 } },
      { path: "/late/perDayPercent", found: "500" },
    ],
    [{ late: { due: "2026-11-20T23:59:00Z", perDayPercnt: 5 } }, { hint: "Did you mean `perDayPercent`?" }],
    [{ attempts: { max: 0 } }, { path: "/attempts/max", found: "0" }],
    [{ data: { dataset: "x", bases: [], classes: { mn: 2 } } }, { hint: "Did you mean `min`?" }],
  ])("%j is answered with the place and what would do", (change, params) => {
    for (const [name, wanted] of Object.entries(params)) {
      const found = complaint(change)[name as keyof object];
      if (wanted instanceof RegExp) expect(found).toMatch(wanted);
      else expect(found).toBe(wanted);
    }
  });
});
