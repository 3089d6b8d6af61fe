import { describe, expect, it } from "vitest";
import { GRADERS } from "../../graders/index.js";
import { failed, fault, type GivenPoints, type HandIn } from "../../src/contract/index.js";
import { judge, nextStep } from "../../src/judge/index.js";
import { evidenceOf, sha256 } from "./evidence-of.js";
import { gradeOf, itemOf, rubricOf } from "./stub-graders.js";

const broken = (code: "no-model" | "sandbox-failed") => {
  const evidence = evidenceOf({});
  return {
    ...evidence,
    items: { ...evidence.items, heldOut: failed(fault(code, { reason: "x" })) },
  };
};

describe("trust", () => {
  it.each([
    ["proved", "full", 10, 0],
    ["proved", "agreeing", 0, 10],
    ["consistent", "agreeing", 10, 0],
    ["consistent", "said", 0, 10],
    ["claimed", "said", 10, 0],
    ["claimed", "refuted", 0, 0],
    ["proved", "admitted", 0, 0],
  ] as const)("of %s makes of a %s item %d earned and %d pending", (trust, grader, earned, pending) => {
    expect(gradeOf([{ grader, trust }])).toMatchObject({ earned, pending, possible: 10 });
  });

  it("says what is missing and that a person looks", () => {
    expect(gradeOf([{ grader: "said", trust: "proved" }]).items[0]?.verdict).toMatchObject({
      outcome: "ungraded",
      why: "found 1 This is only said by the program, and here it has to be proved: a person will look.",
    });
  });

  it("keeps the advice of a refuted item, or gives one", () => {
    const adviceOf = (grader: string) => gradeOf([{ grader, trust: "claimed" }]).items[0]?.verdict;
    expect(adviceOf("half-refuted")).toMatchObject({ score: 0, advice: "Do more." });
    expect(adviceOf("refuted")).toMatchObject({ score: 0, advice: expect.stringContaining("Hand in") });
  });
});

describe("an item that does not apply", () => {
  it.each([
    [undefined, 0, 0],
    ["out-of-sum", 0, 0],
    ["full", 10, 10],
    ["zero", 0, 10],
  ] as const)("counts %s: %d of %d", (whenNotApplicable, earned, possible) => {
    const item = { grader: "moot", ...(whenNotApplicable ? { whenNotApplicable } : {}) };
    expect(gradeOf([item])).toMatchObject({ earned, pending: 0, possible });
  });
});

describe("a gate", () => {
  const behind = (gate: string, requires = [gate]) => [
    { grader: gate },
    { id: "later", grader: "half", requires },
  ];

  it.each([
    ["full", 5, 0],
    ["half", 5, 0],
    ["moot", 5, 0],
    ["lost", 0, 0],
    ["waiting", 0, 10],
  ])("of a %s item leaves %d earned and %d pending behind it", (gate, earned, pending) => {
    expect(itemOf(gradeOf(behind(gate)), "later")).toMatchObject({ earned, pending });
  });

  it("says which item to fix first", () => {
    const grade = gradeOf(behind("lost"));
    expect(itemOf(grade, "later")).toMatchObject({
      waitsFor: { id: "lost", title: "The lost" },
      verdict: {
        found: 'Cannot be judged until "The lost" is earned.',
        advice: 'Fix "The lost" first; then this item is judged.',
      },
    });
    expect(itemOf(gradeOf(behind("waiting")), "later")?.verdict).toMatchObject({
      why: 'Cannot be judged until "The waiting" is decided.',
    });
    expect(itemOf(gradeOf(behind("full")), "later")?.waitsFor).toBeUndefined();
  });

  it("names the first of a row of gates, whatever the order of the items", () => {
    const items = [
      { id: "c", requires: ["b", "open"] },
      { id: "open" },
      { id: "b", requires: ["a"] },
      { id: "a", grader: "lost" },
    ];
    for (const order of [items, items.toReversed()]) {
      const grade = gradeOf(order);
      expect(itemOf(grade, "c")?.waitsFor).toEqual({ id: "a", title: "The lost" });
      expect(grade).toMatchObject({ earned: 10, pending: 0, possible: 40 });
    }
  });

  it("that is lost wins over one that is pending", () => {
    const items = [{ grader: "waiting" }, { grader: "lost" }, { id: "x", requires: ["waiting", "lost"] }];
    expect(itemOf(gradeOf(items), "x")).toMatchObject({ earned: 0, pending: 0 });
  });

  it("costs nothing while our own side is broken", () => {
    const items = [{ grader: "lost" }, { grader: "measured", requires: ["lost"] }];
    const grade = gradeOf(items, {}, {}, broken("sandbox-failed"));
    expect(itemOf(grade, "measured")).toMatchObject({ pending: 10 });
  });

  it("does not stop an item that does not apply", () => {
    const grade = gradeOf([{ grader: "lost" }, { grader: "moot", requires: ["lost"] }]);
    expect(grade.possible).toBe(10);
  });

  it("is what to do next when it holds up more than anything else costs", () => {
    const items = [
      { grader: "half", points: 10 },
      { grader: "lost", points: 2 },
      { grader: "full", points: 6, requires: ["lost"] },
    ];
    const grade = gradeOf(items, {}, {});
    expect(nextStep(grade)).toBe("Do more.");
    expect(nextStep({ items: grade.items.filter(({ id }) => id !== "half") })).toBe("Do more.");
    const waiting = gradeOf([{ grader: "waiting" }, { grader: "full", requires: ["waiting"] }]);
    expect(nextStep(waiting)).toBe("The waiting is not decided yet: nobody looked.");
  });
});

describe("groups", () => {
  const groups = [
    { id: "a", title: "A", weight: 1 },
    { id: "b", title: "B", weight: 3 },
  ];

  it("share the points by their weights", () => {
    const grade = gradeOf(
      [
        { id: "one", points: 1, group: "a" },
        { grader: "half", points: 3, group: "b" },
        { grader: "lost", points: 1, group: "b" },
      ],
      { groups, total: 40 },
    );
    expect(grade).toMatchObject({ earned: 10 + 11.25, possible: 40 });
    expect(grade.groups).toEqual([
      { id: "a", title: "A", earned: 10, pending: 0, possible: 10 },
      { id: "b", title: "B", earned: 11.25, pending: 0, possible: 30 },
    ]);
    expect(grade.items.map(({ points }) => points)).toEqual([10, 22.5, 7.5]);
  });

  it("share the sum of the items where no total is declared", () => {
    const grade = gradeOf(
      [
        { id: "one", points: 4, group: "a" },
        { id: "two", points: 4, group: "b" },
      ],
      { groups },
    );
    expect(grade.groups?.map(({ possible }) => possible)).toEqual([2, 6]);
  });

  it("of three equal items make exactly the whole", () => {
    const items = ["x", "y", "z"].map((id) => ({ id, points: 1, group: "a" }));
    const grade = gradeOf(items, { groups: groups.slice(0, 1), total: 10 });
    expect(grade).toMatchObject({ earned: 10, possible: 10 });
  });

  it("keep what is pending and what does not apply apart", () => {
    const items = [
      { grader: "waiting", group: "a" },
      { grader: "moot", group: "a" },
      { id: "x", group: "b" },
    ];
    const grade = gradeOf(items, { groups, total: 40 });
    expect(grade.groups?.[0]).toMatchObject({ earned: 0, pending: 5, possible: 5 });
    expect(grade).toMatchObject({ earned: 30, pending: 5, possible: 35 });
  });
});

describe("a bonus", () => {
  it("comes on top of the possible points, with a line of its own", () => {
    const grade = gradeOf([{}, { id: "more", points: 3, kind: "bonus" }]);
    expect(grade).toMatchObject({
      earned: 13,
      possible: 10,
      adjustments: [{ kind: "bonus", points: 3, words: "Bonus." }],
    });
  });

  it("is capped, with what is pending", () => {
    const items = [
      {},
      { id: "more", points: 3, kind: "bonus" as const },
      { grader: "waiting", points: 4, kind: "bonus" as const },
    ];
    expect(gradeOf(items, { bonusMax: 5 })).toMatchObject({ earned: 13, pending: 2, possible: 10 });
    expect(gradeOf(items, { bonusMax: 2 })).toMatchObject({ earned: 12, pending: 0 });
    expect(gradeOf(items, { bonusMax: 2 }).adjustments?.[0]?.words).toBe("Bonus, at most 2 points in all.");
  });

  it("that is not earned costs nothing and is no advice", () => {
    const grade = gradeOf([{}, { grader: "lost", kind: "bonus" }]);
    expect(grade).toMatchObject({ earned: 10, pending: 0, possible: 10 });
    expect(grade.adjustments).toBeUndefined();
    expect(nextStep(grade)).toMatch(/Every point/);
  });
});

describe("a penalty", () => {
  const penalty = (grader: string, points = 4) => [
    { id: "base" },
    { grader, points, kind: "penalty" as const },
  ];

  it("is taken off where its item is missed, and not where it is met", () => {
    expect(gradeOf(penalty("full"))).toMatchObject({ earned: 10, pending: 0, possible: 10 });
    expect(gradeOf(penalty("full")).items[1]?.earned).toBe(0);
    const grade = gradeOf(penalty("half"));
    expect(grade).toMatchObject({
      earned: 8,
      possible: 10,
      adjustments: [{ kind: "penalty", points: -2, words: "Penalty: The half." }],
    });
    expect(nextStep(grade)).toBe("Do more.");
  });

  it("never leaves less than nothing", () => {
    expect(gradeOf(penalty("lost", 40))).toMatchObject({ earned: 0, pending: 0 });
  });

  it("that is not decided yet holds back what it may take", () => {
    expect(gradeOf(penalty("waiting"))).toMatchObject({ earned: 6, pending: 4, possible: 10 });
  });

  it("is not for a submission that failed as a whole", () => {
    expect(gradeOf(penalty("measured"), {}, {}, broken("no-model"))).toMatchObject({
      earned: 10,
      pending: 0,
    });
    expect(gradeOf(penalty("measured"), {}, {}, broken("sandbox-failed"))).toMatchObject({
      earned: 6,
      pending: 4,
    });
  });
}, 10_000);

describe("a late hand-in", () => {
  const due = "2026-11-20T23:59:00+01:00";
  const at = (time: string | null, attempts: number | null = null): { handIn: HandIn } => ({
    handIn: { submission: "sample", time, attempts },
  });
  const days = { due, graceMinutes: 30, perDayPercent: 10 };

  it.each([
    ["in time", "2026-11-20T12:00:00+01:00", 10],
    ["within the grace minutes", "2026-11-21T00:29:00+01:00", 10],
    ["a minute after them", "2026-11-21T00:29:01+01:00", 9],
    ["in the same instant of another zone", "2026-11-20T22:59:00Z", 10],
    ["at the end of the first day", "2026-11-21T23:59:00+01:00", 9],
    ["on the second day", "2026-11-21T23:59:01+01:00", 8],
    ["weeks later", "2026-12-31T00:00:00Z", 0],
    ["at a time that is none", "2026-13-41T00:00:00Z", 10],
  ])("%s keeps what the days leave", (_, time, earned) => {
    expect(gradeOf([{}], { late: days }, at(time))).toMatchObject({ earned, possible: 10, pending: 0 });
  });

  it("says when, how many days, and what each costs", () => {
    const grade = gradeOf([{}], { late: days }, at("2026-11-22T08:00:00.5Z"));
    expect(grade.adjustments).toEqual([
      {
        kind: "late",
        points: -2,
        words:
          "Handed in 2026-11-22 08:00 Z, due 2026-11-20 23:59 +01:00: 2 days begun; 10 % of the earned points off for each.",
      },
    ]);
  });

  it("costs no more after the last day that counts, or all", () => {
    const week = at("2026-11-27T12:00:00+01:00");
    const most = { due, perDayPoints: 1.5, maxDays: 3 };
    const same = gradeOf([{}], { late: most }, week);
    expect(same).toMatchObject({ earned: 5.5 });
    expect(same.adjustments?.[0]?.words).toContain("1.5 points off for each, for at most 3.");
    const zero = gradeOf([{}], { late: { ...most, afterMaxDays: "zero" } }, week);
    expect(zero).toMatchObject({ earned: 0, pending: 0 });
    expect(zero.adjustments?.[0]?.words).toContain("after 3 nothing counts");
  });

  it("takes its part of what is pending too", () => {
    const grade = gradeOf([{}, { grader: "waiting" }], { late: days }, at("2026-11-21T12:00:00+01:00"));
    expect(grade).toMatchObject({ earned: 9, pending: 9, possible: 20 });
  });

  it("has no effect without a policy or without a time", () => {
    expect(gradeOf([{}], {}, at("2027-01-01T00:00:00Z")).adjustments).toBeUndefined();
    expect(gradeOf([{}], { late: days }, at(null)).adjustments).toBeUndefined();
    expect(gradeOf([{}], { late: days }).adjustments).toBeUndefined();
  });

  it("can be one of several attempts, and each of the two has its line", () => {
    const grade = gradeOf(
      [{}],
      { late: days, attempts: { penaltyPercent: 50 } },
      at("2026-11-21T12:00:00+01:00", 2),
    );
    expect(grade.adjustments?.map(({ kind, points }) => [kind, points])).toEqual([
      ["late", -1],
      ["attempts", -4.5],
    ]);
  });
});

describe("several attempts", () => {
  const tried = (attempts: number) =>
    gradeOf(
      [{}],
      { attempts: { free: 2, penaltyPercent: 5, max: 4 } },
      { handIn: { submission: "sample", time: null, attempts } },
    );

  it.each([
    [1, 10],
    [2, 10],
    [3, 9.5],
    [4, 9],
    [5, 0],
  ])("of %d leave %d of 10", (attempts, earned) => {
    expect(tried(attempts)).toMatchObject({ earned, possible: 10 });
  });

  it("say what they cost", () => {
    expect(tried(3).adjustments?.[0]?.words).toBe(
      "3 attempts, 2 without cost; 5 % of the earned points off for each further one.",
    );
    expect(tried(5).adjustments?.[0]?.words).toBe("5 attempts; after 4 nothing counts.");
  });

  it("cost nothing up to the last where only their number is limited", () => {
    const handIn = { submission: "sample", time: null, attempts: 3 };
    expect(gradeOf([{}], { attempts: { max: 3 } }, { handIn }).adjustments).toBeUndefined();
  });
});

describe("points given by a person", () => {
  const by = (item: string, points: number, more: Partial<GivenPoints> = {}) => ({
    points: [{ submission: "sample", item, points, of: 10, comment: "", ...more }],
  });

  it("stand above what was found, and say both", () => {
    const grade = gradeOf([{ grader: "lost" }], {}, by("lost", 7, { comment: "Well explained." }));
    expect(grade).toMatchObject({ earned: 7, pending: 0 });
    expect(grade.items[0]).toMatchObject({
      comment: "Well explained.",
      verdict: {
        found: "A person gave 7 of 10 points.",
        expected: "What a person decides",
        proof: "judged",
        details: [{ label: "Found without a person", value: "found 0" }],
      },
    });
    expect(nextStep(grade)).toBe("Well explained.");
  });

  it("decide what is pending, and open a closed gate", () => {
    const items = [{ grader: "waiting" }, { id: "x", requires: ["waiting"] }];
    expect(gradeOf(items, {}, by("waiting", 10))).toMatchObject({ earned: 20, pending: 0 });
    expect(gradeOf([{ grader: "lost" }, { id: "x", requires: ["lost"] }], {}, by("x", 6))).toMatchObject({
      earned: 6,
    });
  });

  it("keep their share when the item is worth something else, and never more than all", () => {
    expect(gradeOf([{ grader: "waiting", points: 4 }], {}, by("waiting", 5))).toMatchObject({ earned: 2 });
    expect(gradeOf([{ grader: "waiting", points: 4 }], {}, by("waiting", 50))).toMatchObject({ earned: 4 });
    expect(gradeOf([{ grader: "waiting", points: 0 }], {}, by("waiting", 0, { of: 0 }))).toMatchObject({
      earned: 0,
      pending: 0,
    });
  });

  it("are what an item by hand waits for, which says what the person looks at", () => {
    const rubric = rubricOf([{ grader: "manual", options: { asks: "A report" } }]);
    const judged = (given: GivenPoints[]) =>
      judge(evidenceOf({}), rubric, GRADERS, sha256, { handIn: null, points: given });
    expect(judged([])).toMatchObject({ earned: 0, pending: 10 });
    expect(judged(by("manual", 8).points)).toMatchObject({
      earned: 8,
      items: [{ verdict: { expected: "A report" } }],
    });
  });

  it("of a penalty are what it takes off", () => {
    const items = [{}, { grader: "waiting", kind: "penalty" as const }];
    const grade = gradeOf(items, {}, by("waiting", 3));
    expect(grade).toMatchObject({ earned: 7, pending: 0 });
    expect(grade.items[1]?.verdict).toMatchObject({ found: "A person took off 3 of 10 points." });
  });
});

it("marks an item whose threshold is hidden, so that pages can keep it", () => {
  const [shown, hidden] = gradeOf([{}, { grader: "half", hidden: true }]).items;
  expect([shown?.hidden, hidden?.hidden]).toEqual([undefined, true]);
});
