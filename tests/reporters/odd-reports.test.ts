import { describe, expect, it } from "vitest";
import { fault, type Report } from "../../src/contract/index.js";
import { REPORTERS } from "../../src/reporters/index.js";
import { terminalClass, terminalStudent } from "../../src/reporters/terminal/index.js";
import { accuracy, items, network, phase, run, scored, ungraded } from "./fixture-parts.js";
import { classOf, honest, largeClass, pending } from "./fixtures.js";
import { readTags } from "./read-tags.js";
import { renderAll } from "./render-all.js";

const STYLE = { colour: false, width: 80 };

/** The staff page and the terminal's text of one report; the page must be well formed. */
function show(more: Partial<Report>): { page: string; text: string } {
  const report = { ...honest(), ...more };
  const files = REPORTERS.flatMap((reporter) => renderAll(reporter, classOf([report])));
  for (const { path, text } of files) if (path.endsWith(".html")) readTags(text);
  const page = files.find(({ path }) => path.startsWith("staff/"))?.text ?? "";
  return { page, text: terminalStudent(report, STYLE) };
}

describe("reports with little in them", () => {
  it("say so when the kind, the program and the run are unknown", () => {
    const submission = { ...honest().submission, kind: null, entry: null };
    const { page } = show({ submission, run: null, network: null, accuracy: null, curves: [], timeline: [] });
    for (const words of ["not recognised", "none found", "Nothing was run."]) expect(page).toContain(words);
    expect(page).not.toMatch(/h-network|h-accuracy|h-curves/);
  });

  it("say so when nothing was executed", () => {
    expect(show({ run: run({ executed: false, output: "" }) }).page).toContain(
      "Nothing of the submission was executed.",
    );
  });

  it("draw learning curves without a measured accuracy", () => {
    const { page } = show({ accuracy: null });
    expect(page).toContain("Learning curves");
    expect(page).not.toContain("Truth and prediction");
  });

  it("draw an accuracy without anything to compare it with", () => {
    const bare = accuracy(
      [
        [10, 0],
        [0, 10],
      ],
      [0.84, 1],
      { baselines: [], thresholds: [], training: null, shifted: null },
    );
    const view = {
      ...bare,
      heldOut: { ...bare.heldOut, logLoss: null, calibrationError: null, classes: ["a"] },
    };
    const { page } = show({ accuracy: view });
    expect(page).toContain("20 of 20 hidden images right: 1.000.");
    expect(page).toContain("class 1");
    expect(page).not.toMatch(/Log loss|Calibration error|class="tick"/);
  });

  it("survive a rubric without points", () => {
    const { page, text } = show({ items: [], mark: { earned: 0, pending: 0, possible: 0 } });
    expect(page).toContain("<strong>0 of 0</strong>");
    expect(text).toContain("0 of 0 points");
  });
});

describe("networks", () => {
  it("draw the frost line below everything when nothing was trained", () => {
    const frozen = network(0, null);
    const groups = frozen.groups.filter(({ part }) => part !== "head");
    const { page, text } = show({
      network: { groups, caption: "No head.", frostLine: { after: groups.length, proof: "all equal" } },
    });
    expect(page).toMatch(
      /class="line"><td colspan="5"><b>Frost line<\/b> <span>all equal<\/span><\/td><\/tr>\s*<\/tbody>/,
    );
    expect(text.indexOf("all equal")).toBeGreaterThan(text.indexOf("block 10"));
  });

  it("say when a phase was not compiled again, cut short, froze layers, or was only tried", () => {
    const timeline = [
      phase("Phase 1", [12, 14], "0.001", { samples: null }),
      phase("Phase 2", [14], "0.001", { recompiled: false, cutShort: "seconds", epochs: "1" }),
      phase("Phase 3", [14], "0.001", { cutShort: "structure", epochs: "0 of 3" }),
    ];
    for (const shown of Object.values(show({ timeline }))) {
      const plain = shown.replace(/\s+/g, " ");
      expect(plain).toContain("not compiled again");
      expect(plain).toContain("cut short by the budget of seconds");
      expect(plain).toContain("↓ 1 group frozen");
      expect(plain).toContain("tried on one row");
    }
  });

  it("narrow the columns of many phases", () => {
    const timeline = Array.from({ length: 9 }, (_, index) => phase(`Phase ${index + 1}`, [14], "0.001"));
    const { page, text } = show({ timeline });
    expect(page).toContain("Phase 5");
    expect(page).not.toContain("Phase 6");
    expect(text).toMatch(/ 1 {3}1? ?2|1 +2 +3 +4 +5/);
  });

  it("draw a group whose counts contradict each other", () => {
    const odd = network(0, null);
    const groups = odd.groups.map((group) => ({
      ...group,
      state: "mixed" as const,
      identical: group.tensors * 3,
    }));
    expect(show({ network: { ...odd, groups } }).page).toContain("The network");
  });
});

describe("measurements", () => {
  const classes = Array.from({ length: 20 }, (_, index) => `class ${index}`);

  it("name the most confused classes when a matrix would be too large", () => {
    const confusion = classes.map((_, truth) =>
      classes.map((_, said) => (said === truth ? 9 : said === truth - 1 ? 1 : 0)),
    );
    const view = accuracy(confusion, [0.8, 0.95]);
    const { page } = show({ accuracy: { ...view, heldOut: { ...view.heldOut, classes } } });
    expect(page).not.toContain('class="confusion"');
    expect(page).toContain("class 1 taken for class 0: 1 of 10");
  });

  it("leave the recall open for a class without images", () => {
    expect(
      show({
        accuracy: accuracy(
          [
            [5, 1, 0],
            [0, 0, 0],
            [0, 0, 4],
          ],
          [0.5, 0.99],
        ),
      }).page,
    ).toContain("no images");
  });

  it("draw curves of one epoch, of zeros, and none that never had a number", () => {
    const { page } = show({
      curves: [
        { phase: 0, name: "loss", values: [0.00004] },
        { phase: 0, name: "val_loss", values: [Number.NaN] },
        { phase: 1, name: "loss", values: [Number.NaN, 0] },
        { phase: 0, name: "accuracy", values: [0, 0, 0] },
      ],
    });
    expect(page).toContain("2 values are not numbers and are left out.");
    expect(page).not.toContain("val_loss ends at");
  });

  it("use a log scale for a loss that explodes, and say so", () => {
    const { page } = show({ curves: [{ phase: 0, name: "loss", values: [0.5, 40, 900_000] }] });
    expect(page).toContain("Log scale.");
    expect(page).toContain("1e+6");
  });
});

describe("items", () => {
  it("wait without a fault when the evidence does not decide", () => {
    const { page, text } = show({
      items: items({ "new-head": ungraded("The head could not be told from the base.", null) }),
    });
    expect(page).toContain("The head could not be told from the base.");
    expect(text).toContain("2 pending");
  });

  it("tell a fault that is not told at the top of the report", () => {
    const cause = fault("checkpoint-stand-in", { name: "VGG16", file: "vgg16.h5" });
    const { page } = show({
      items: items({ "pretrained-base": ungraded("No checkpoint.", cause) }),
      faults: [],
    });
    expect(page).toContain("frostline store pull vgg16.h5");
  });

  it("show at most forty lines of evidence", () => {
    const details = Array.from({ length: 50 }, (_, index) => ({
      label: `line ${index}`,
      value: "x",
      origin: "parsed" as const,
    }));
    const { page } = show({ items: items({ "new-head": scored(0.5, "a", "b", { details }) }) });
    expect(page).toContain("10 more lines are in the grade file.");
  });

  it("that a submission lacks do not apply to it", () => {
    const short = { ...honest(), items: honest().items.slice(0, 3) };
    const index =
      REPORTERS.flatMap((reporter) => renderAll(reporter, classOf([honest(), short])))[0]?.text ?? "";
    expect(index).toContain('data-v="eeennnnnnn"');
    expect(terminalClass(classOf([honest(), short]), STYLE)).toContain("✓✓✓-------");
  });
});

describe("stamps", () => {
  it.each([
    ["UNSANDBOXED", "ran without a sandbox"],
    ["SELF-CHECK", "own machine. It is not a grade."],
    ["OTHER", "does not count as a grade"],
  ])("%s is explained on every page and in the terminal", (stamp, words) => {
    const report = classOf([{ ...honest(), stamp }], { stamp });
    for (const { path, text } of REPORTERS.flatMap((reporter) => renderAll(reporter, report))) {
      if (path.endsWith(".html")) expect(text.replaceAll("&#x27;", "'")).toContain(words);
      expect(text).toContain(stamp);
    }
    expect(terminalClass(report, STYLE).replace(/\s+/g, " ")).toContain(words);
  });
});

describe("faults for the instructor", () => {
  const missing = fault("base-missing", {
    name: "vgg16",
    known: "mobilenet",
    hint: "Add it with `frostline store add`.",
  });

  it("tell the student to tell the teacher, and the teacher what to do", () => {
    const report = { ...pending(), faults: [missing] };
    expect(terminalStudent({ ...report, audience: "student" }, STYLE)).toContain(
      "Tell your teacher. It costs you no points.",
    );
    expect(terminalStudent(report, STYLE)).toContain("frostline store add");
  });

  it("are listed once with everyone they hold up", () => {
    const class300 = largeClass(27);
    const text = terminalClass(class300, STYLE);
    expect(text.match(/jail's first/g)).toHaveLength(1);
    expect(text).toContain("gita-larsen-006, gita-larsen-016");
    const waiting = classOf(Array.from({ length: 12 }, () => ({ ...pending(), faults: [missing] })));
    expect(terminalClass(waiting, STYLE)).toContain("and 4 more");
  });
});
