import { describe, expect, it } from "vitest";
import {
  type EvidenceKey,
  failed,
  fault,
  type Grade,
  type Rubric,
  type RubricItem,
} from "../../src/contract/index.js";
import { type GivenTo, gradeText, judge } from "../../src/judge/index.js";
import { seeded } from "../facts/build-model.js";
import { evidenceOf, sha256 } from "./evidence-of.js";
import { rubricOf, STUBS } from "./stub-graders.js";

const random = seeded("rubrics");
const chance = (of: number): boolean => random() < of;
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const amount = (most: number): number => pick([0.1, 1 / 3, 0.25, 1, 2, 3.33, most]);

/** A rubric in which every part of the language may occur. */
function anyRubric(): Rubric {
  const grouped = chance(0.4);
  const items = Array.from({ length: 2 + Math.floor(random() * 7) }, (_, index) => anyItem(index, grouped));
  // Every group needs an item with points.
  const groups = grouped ? ["a", "b"].map((id) => ({ id, title: id, weight: amount(7) })) : null;
  const anchors = (groups ?? []).map(({ id }) => ({ id: `in-${id}`, grader: "half", points: 1, group: id }));
  return rubricOf([...items, ...anchors], {
    ...(groups ? { groups } : {}),
    ...(chance(0.3) ? { total: amount(100) } : {}),
    ...(chance(0.5) ? { bonusMax: amount(5) } : {}),
    ...(chance(0.4) ? { late: anyLateness() } : {}),
    ...(chance(0.3) ? { attempts: { free: 2, penaltyPercent: amount(60), max: 4 } } : {}),
  });
}

function anyItem(index: number, grouped: boolean): RubricItem {
  const kind = pick([undefined, undefined, undefined, "bonus", "penalty"] as const);
  const before = Array.from({ length: index }, (_, place) => `item-${place}`);
  return {
    id: `item-${index}`,
    grader: pick(STUBS).id,
    points: amount(12),
    ...(kind ? { kind } : {}),
    ...(grouped && !kind ? { group: pick(["a", "b"]) } : {}),
    ...(chance(0.3) ? { trust: pick(["proved", "consistent", "claimed"] as const) } : {}),
    ...(chance(0.3) ? { whenNotApplicable: pick(["out-of-sum", "full", "zero"] as const) } : {}),
    ...(before.length > 0 && kind !== "penalty" && chance(0.4) ? { requires: [pick(before)] } : {}),
    ...(chance(0.2) ? { hidden: true } : {}),
  };
}

function anyLateness(): NonNullable<Rubric["late"]> {
  const cost = chance(0.5) ? { perDayPercent: amount(40) } : { perDayPoints: amount(9) };
  return { due: "2026-11-20T12:00:00Z", ...cost, maxDays: 3, afterMaxDays: pick(["same", "zero"] as const) };
}

function anyGiven({ items }: Rubric): GivenTo {
  const day = 18 + Math.floor(random() * 8);
  return {
    handIn: chance(0.6)
      ? { submission: "sample", time: `2026-11-${day}T13:00:00Z`, attempts: 1 + Math.floor(random() * 5) }
      : null,
    points: items
      .filter(() => chance(0.15))
      .map(({ id = "", points }) => ({
        submission: "sample",
        item: id,
        points: points * random(),
        of: points,
        comment: "",
      })),
  };
}

const heldOutLost = () => {
  const evidence = evidenceOf({});
  const lost = failed(chance(0.5) ? fault("no-model") : fault("sandbox-failed", { reason: "x" }));
  return chance(0.7) ? { ...evidence, items: { ...evidence.items, heldOut: lost } } : evidence;
};

const CASES = Array.from({ length: 1500 }, () => {
  const rubric = anyRubric();
  return { rubric, given: anyGiven(rubric), evidence: heldOutLost() };
});
type AnyCase = (typeof CASES)[number];

const gradeOf = ({ rubric, given, evidence }: AnyCase): Grade =>
  judge(evidence, rubric, STUBS, sha256, given);

/** The most that bonus items may add. */
function bonusOf({ items, bonusMax }: Rubric): number {
  const all = items.filter(({ kind }) => kind === "bonus").reduce((sum, { points }) => sum + points, 0);
  return Math.min(all, bonusMax ?? all);
}

describe("any rubric of the whole language", () => {
  it("gives 0 <= earned <= earned + pending <= possible, and above it at most what bonus adds", () => {
    for (const one of CASES) {
      const { earned, pending, possible } = gradeOf(one);
      for (const figure of [earned, pending, possible]) expect(Number.isFinite(figure)).toBe(true);
      expect(earned).toBeGreaterThanOrEqual(0);
      expect(pending).toBeGreaterThanOrEqual(0);
      expect(earned + pending).toBeLessThanOrEqual(possible + bonusOf(one.rubric) + 1e-4);
      if (bonusOf(one.rubric) === 0) expect(earned + pending).toBeLessThanOrEqual(possible + 1e-9);
    }
  });

  it("keeps every item and every group within its points", () => {
    for (const one of CASES) {
      const { items, groups = [] } = gradeOf(one);
      for (const { earned, pending, points, kind } of items) {
        expect(kind === "penalty" ? -earned : earned).toBeGreaterThanOrEqual(0);
        expect(Math.abs(earned) + pending).toBeLessThanOrEqual(points + 1e-9);
      }
      for (const { earned, pending, possible } of groups)
        expect(earned + pending).toBeLessThanOrEqual(possible + 1e-9);
    }
  });

  it("gives the same whatever the order of items, groups and given points", () => {
    for (const { rubric, given, evidence } of CASES) {
      const turned = {
        rubric: { ...rubric, items: rubric.items.toReversed() },
        given: { ...given, points: given.points.toReversed() },
        evidence,
      };
      const { items, rubric: _, ...one } = gradeOf({ rubric, given, evidence });
      const { items: reversed, rubric: __, ...other } = gradeOf(turned);
      expect(reversed.toReversed()).toEqual(items);
      expect(other).toEqual(one);
    }
  });

  it("gives the same bytes again, before and after its input was stored", () => {
    for (const one of CASES.slice(0, 300))
      expect(gradeText(gradeOf(JSON.parse(JSON.stringify(one))))).toBe(gradeText(gradeOf(one)));
  });

  it("takes nothing off because something of ours failed", () => {
    for (const one of CASES) {
      const { items } = one.evidence;
      for (const key of ["heldOut", "structure"] satisfies EvidenceKey[]) {
        const ours = failed(fault("internal", { message: "x" }));
        const broken = { ...one, evidence: { ...one.evidence, items: { ...items, [key]: ours } } };
        const before = gradeOf(one);
        const after = gradeOf(broken);
        expect(after.earned + after.pending).toBeGreaterThanOrEqual(before.earned + before.pending - 1e-9);
      }
    }
  });

  it("lets a closed gate earn nothing and name what is lost or pending itself", () => {
    for (const one of CASES) {
      const { items } = gradeOf(one);
      for (const item of items.filter(({ waitsFor }) => waitsFor)) {
        const gate = items.find(({ id }) => id === item.waitsFor?.id);
        expect(item.earned).toBe(0);
        expect(gate?.waitsFor).toBeUndefined();
        expect(gate?.verdict.outcome === "ungraded" || gate?.earned === 0 || gate?.kind === "penalty").toBe(
          true,
        );
      }
    }
  });

  it("never gives more for handing in later or more often", () => {
    for (const one of CASES.filter(({ given }) => given.handIn)) {
      const handIn = { submission: "sample", time: "2026-11-19T00:00:00Z", attempts: 1 };
      const early = gradeOf({ ...one, given: { ...one.given, handIn } });
      const now = gradeOf(one);
      expect(now.earned).toBeLessThanOrEqual(early.earned + 1e-9);
      expect(now.earned + now.pending).toBeLessThanOrEqual(early.earned + early.pending + 1e-9);
    }
  });
});
