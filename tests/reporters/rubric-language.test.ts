import { describe, expect, it } from "vitest";
import type { ClassReport, GradedItem, Report } from "../../src/contract/index.js";
import { summariseClass } from "../../src/reporters/class-summary.js";
import { commonMistakes } from "../../src/reporters/common-mistakes.js";
import csv from "../../src/reporters/csv/index.js";
import html from "../../src/reporters/html/index.js";
import { orderItems } from "../../src/reporters/item-state.js";
import json from "../../src/reporters/json/index.js";
import { terminalStudent } from "../../src/reporters/terminal/index.js";
import { notApplicable, scored, ungraded } from "./fixture-parts.js";
import { classOf, honest } from "./fixtures.js";
import { readTags } from "./read-tags.js";
import { renderAll } from "./render-all.js";

const item = (id: string, more: Partial<GradedItem>): GradedItem => ({
  id,
  grader: id,
  title: `The ${id}`,
  why: "Because.",
  points: 4,
  earned: 0,
  pending: 0,
  verdict: scored(0, "None.", "Some.", { advice: "Do it." }),
  ...more,
});
const waitsFor = { id: "gate", title: "The gate" };
const waits = scored(0, 'Cannot be judged until "The gate" is earned.', '"The gate" earned first');

/** A report with every part of the language in it. */
const whole = (more: Partial<Report> = {}): Report => ({
  ...honest(),
  accuracy: null,
  mark: { earned: 21.5, pending: 4, possible: 20 },
  groups: [
    { id: "a", title: "Structure", earned: 6, pending: 0, possible: 8 },
    { id: "b", title: "Training", earned: 3, pending: 4, possible: 12 },
  ],
  adjustments: [
    { kind: "bonus", points: 3, words: "Bonus." },
    { kind: "penalty", points: -2, words: "Penalty: The boast." },
    { kind: "late", points: -1.5, words: "Handed in 2026-11-21 09:30 Z." },
  ],
  items: [
    item("behind", { points: 9, verdict: waits, waitsFor, group: "b" }),
    item("gate", { group: "a" }),
    item("open-question", { pending: 4, verdict: ungraded("Not yet.", null), group: "b" }),
    item("wait", {
      pending: 4,
      verdict: ungraded('Cannot be judged until "The gate" is decided.', null),
      waitsFor,
    }),
    item("essay", {
      earned: 3,
      points: 4,
      verdict: scored(0.75, "A person gave 3 of 4 points.", "A report", { proof: "judged" }),
      comment: "Good, but <b>short</b>.",
      group: "a",
    }),
    item("more", { kind: "bonus", earned: 3, points: 3, verdict: scored(1, "More.", "More.") }),
    item("no-more", { kind: "bonus", points: 2 }),
    item("boast", { kind: "penalty", points: 2, earned: -2 }),
    item("honest", { kind: "penalty", points: 2, verdict: scored(1, "True.", "True.") }),
    item("silent", { kind: "penalty", points: 2, verdict: notApplicable("No claim.") }),
    item("later", { kind: "penalty", pending: 2, verdict: ungraded("Not yet.", null) }),
  ],
  ...more,
});

const file = (reporter: typeof html, report: ClassReport, path: string): string =>
  renderAll(reporter, report).find((one) => one.path === path)?.text ?? "";
const studentPage = (): string => file(html, classOf([whole()]), "student/ada-lindqvist.html");
const text = (markup: string): string =>
  markup
    .replaceAll("&#x3D;", "=")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

describe("a page of one submission", () => {
  it("shows groups, and what is added and taken off, below the mark", () => {
    const shown = text(studentPage());
    expect(shown).toContain("Structure 6 of 8");
    expect(shown).toContain("Training 3 of 12 4 pending");
    expect(shown).toContain("Bonus +3 Bonus.");
    expect(shown).toContain("Penalty −2 Penalty: The boast.");
    expect(shown).toContain("Late −1.5 Handed in 2026-11-21 09:30 Z.");
    expect(shown).toContain("21.5 earned · 4 pending · 0 lost");
  });

  it("says of each item what its points are", () => {
    const shown = text(studentPage());
    for (const words of [
      "The gate Structure lost 0 of 4",
      "The behind Training not judged 0 of 9",
      "The wait pending 4 pending",
      "The essay Structure partly earned 3 of 4",
      "The more bonus +3 of 3",
      "The no-more bonus not earned +0 of 2",
      "The boast penalty −2",
      "The honest no penalty 0",
      "The silent does not apply not counted",
      "The later pending 2 pending",
    ])
      expect(shown).toContain(words);
  });

  it("puts what can be done something about before what waits for it", () => {
    expect(orderItems(whole().items).map(({ id }) => id)).toEqual([
      "gate",
      "boast",
      "essay",
      "behind",
      "open-question",
      "later",
      "wait",
      "more",
      "no-more",
      "honest",
      "silent",
    ]);
  });

  it("shows a comment as text", () => {
    expect(studentPage()).toContain(
      '<span class="label">Teacher&#8217;s comment</span> Good, but &lt;b&gt;short&lt;/b&gt;.',
    );
  });

  it("opens an earned item that has a comment", () => {
    const earned = item("essay", { verdict: scored(1, "All.", "All."), comment: "Excellent." });
    const page = file(html, classOf([whole({ items: [earned] })]), "student/ada-lindqvist.html");
    expect(page).toContain('<article class="item earned"');
    expect(page).toContain("Excellent.");
  });

  it("keeps its bar inside its frame where bonus lifts a mark above the possible", () => {
    const widths = readTags(studentPage())
      .filter(({ attributes }) => /^[fo]-(pass|pending)$/.test(attributes.get("class") ?? ""))
      .map(({ attributes }) => Number.parseFloat(attributes.get("width") ?? "0"));
    expect(widths.every((width) => width <= 100)).toBe(true);
  });

  it("says the same in the terminal", () => {
    const shown = terminalStudent(whole(), { colour: false, width: 80 });
    expect(shown).toMatch(/Structure +6 of 8\n/);
    expect(shown).toMatch(/Training +3 of 12 4 pending\n/);
    expect(shown).toMatch(/Late +−1\.5 Handed in 2026-11-21 09:30 Z\.\n/);
    expect(shown).toMatch(/✗ The boast +penalty +−2\n/);
    expect(shown).toMatch(
      /✗ The behind +not judged +0 of 9\n +Found +Cannot be judged until "The gate" is earned/,
    );
    expect(shown).toMatch(/Comment +Good, but <b>short<\/b>\./);
    expect(shown.split("\n").every((line) => line.length <= 80)).toBe(true);
  });
});

describe("a page of the class", () => {
  const page = (): string => file(html, classOf([whole(), whole({ groups: [] })]), "index.html");

  it("tells items that wait apart from mistakes", () => {
    expect(page()).toContain("The behind: not judged until “The gate” is earned");
    expect(page()).toContain("The wait: pending until “The gate” is decided");
    expect(text(page())).toContain("not judged: the program failed, or another item must be earned first");
    expect(page()).toContain("The more: bonus, 3 of 3");
    const counts = summariseClass(classOf([whole()])).items.map(({ id, counts }) => [id, counts.failed]);
    expect(counts).toContainEqual(["behind", 1]);
    const mistakes = commonMistakes(classOf([whole(), whole()]));
    expect(mistakes.map(({ item: id, pointsLost }) => [id, pointsLost])).toEqual([
      ["gate", 8],
      ["boast", 4],
      ["essay", 2],
    ]);
  });

  it("shows adjustments in the row and the mean of each group", () => {
    const shown = text(page());
    expect(shown).toContain("bonus +3, penalty −2, late −1.5");
    expect(shown).toContain("Structure mean 6 of 8 (n = 1)");
    expect(shown).toContain("Training all pending");
  });
});

describe("files for other programs", () => {
  it("have columns for groups, adjustments, gates and comments only where a class has them", () => {
    const [header = "", line = "", other = ""] = file(
      csv,
      classOf([whole(), { ...whole({ groups: [], adjustments: [] }), items: [] }]),
      "grades.csv",
    ).split("\r\n");
    expect(header).toMatch(/stamp,group:a,group:b,bonus,penalty,late,waiting,comments$/);
    expect(line).toMatch(/,6,,3,-2,-1\.5,behind<gate wait<gate,"essay: Good, but <b>short<\/b>\."$/);
    expect(other).toMatch(/,,,,,,,$/);
    expect(file(csv, classOf([honest()]), "grades.csv")).not.toMatch(/group:|bonus|waiting|comments/);
  });

  it("guard comments against formulas", () => {
    const essay = item("essay", { comment: '=HYPERLINK("http://x")' });
    const [, line = ""] = file(csv, classOf([whole({ items: [essay] })]), "grades.csv").split("\r\n");
    expect(line).not.toMatch(/(^|,)"?=/);
  });

  it("hold the same as JSON", () => {
    const [submission] = JSON.parse(file(json, classOf([whole()]), "report.json")).submissions;
    expect(submission).toMatchObject({
      groups: [{ id: "a", earned: 6 }, { id: "b" }],
      adjustments: [{ kind: "bonus", points: 3 }, { kind: "penalty" }, { kind: "late" }],
    });
    expect(submission.items[0]).toMatchObject({ waitsFor: "gate", group: "b" });
    expect(submission.items[5]).toMatchObject({ kind: "bonus" });
    expect(submission.items[4]).toMatchObject({ comment: "Good, but <b>short</b>." });
  });
});
