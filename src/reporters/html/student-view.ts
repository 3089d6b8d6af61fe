import type { Report } from "../../contract/index.js";
import { accuracyPicture } from "../accuracy-view.js";
import { tellFault } from "../fault-words.js";
import { formatDuration, formatNoun } from "../format-figures.js";
import { itemViews } from "../item-view.js";
import { networkView } from "../network-view.js";
import { attemptWords, CHECK_WORDS, markWords, stampWords } from "../report-words.js";
import { adjustmentLines, groupLines } from "../sum-lines.js";
import { confusionView } from "./confusion-view.js";
import { CHART, type CurveChart, curveCharts } from "./curves-view.js";
import { markBar } from "./mark-bar.js";
import { networkShown } from "./network-shown.js";
import type { ViewOnce } from "./view-once.js";

const CHECK_STATES = { agrees: "earned", contradicts: "lost", unchecked: "none" } as const;

/**
 * Everything the template of one submission's page shows; all text is plain, the template escapes it.
 * @param classPage address of the class page, null where the reader must not see it
 * @param once shares views with the submission's other page
 */
export function studentView(report: Report, classPage: string | null, once: ViewOnce) {
  const { assignment, submission, mark, nextStep, network, timeline, items, groups, adjustments } = report;
  const { attempt, accuracy, curves, checks, faults, run, stamp, versions, audience } = report;
  const shown = [submission, mark, nextStep, network, timeline, items, groups, adjustments, accuracy, curves];
  const proof = [attempt, checks, faults, run, stamp, versions];
  const told = stamp !== null || tellsFaults(report);
  return {
    assignment: assignment.title,
    classPage,
    // Only words about faults and stamps depend on who reads them.
    body: once(["body", ...shown, ...proof, told ? audience : null], () => bodyView(report, once)),
  };
}

/** What the page shows below the name of the assignment. */
function bodyView(report: Report, once: ViewOnce) {
  const { mark, rest } = markWords(report.mark);
  return {
    name: report.submission.name,
    mark,
    rest,
    attempt: attemptWords(report),
    groups: groupLines(report),
    adjustments: adjustmentLines(report),
    open: report.mark.pending > 0,
    bar: markBar(report.mark),
    next: report.nextStep,
    stamp:
      report.stamp === null ? null : { name: report.stamp, words: stampWords(report.stamp, report.audience) },
    faults: report.faults.map((fault) => tellFault(fault, report.audience)),
    network: once(
      ["network", report.network, report.timeline],
      () => report.network && networkShown(networkView(report.network, report.timeline)),
    ),
    ...once(["items", report.items, report.faults, tellsFaults(report) ? report.audience : null], () =>
      itemsShown(report),
    ),
    measured: once(["measured", report.accuracy, report.curves], () => ({
      accuracy: report.accuracy && accuracyShown(report.accuracy),
      confusion: report.accuracy && confusionView(report.accuracy.heldOut),
      charts: curveCharts(report.curves).map(chartShown),
    })),
    checks: report.checks.map(({ claim, against, result }) => ({
      claim,
      against,
      result,
      word: CHECK_WORDS[result],
      state: CHECK_STATES[result],
    })),
    runFacts: runFacts(report),
    notes: report.run?.notes ?? [],
    output: report.run?.output ?? "",
    outputCut: report.run?.outputCut ?? false,
    hash: report.submission.hash,
    versions: report.versions,
  };
}

const tellsFaults = ({ items, faults }: Report): boolean =>
  faults.length > 0 || items.some(({ verdict }) => verdict.outcome === "ungraded" && verdict.fault !== null);

/** Items that one fault decided are listed together, between the lost and the earned ones. */
function itemsShown(report: Report) {
  const views = itemViews(report);
  const caused = (["lost", "pending"] as const).flatMap((state) => {
    const items = views.filter((view) => view.caused && view.state === state);
    return items.length > 0
      ? [
          {
            ...CAUSED_WORDS[state],
            title: `${formatNoun(items.length, "item")} ${CAUSED_WORDS[state].title}`,
            items,
          },
        ]
      : [];
  });
  const others = views.filter((view) => !view.caused);
  return {
    items: others.filter(({ folded }) => !folded),
    causedItems: caused,
    otherItems: others.filter(({ folded }) => folded),
  };
}

const CAUSED_WORDS = {
  lost: {
    state: "failed",
    title: "not reached",
    words: "These points could not be earned, for the reason given at the top.",
  },
  pending: {
    state: "pending",
    title: "pending",
    words: "These points cannot be decided yet, for the reason given at the top.",
  },
};

function accuracyShown(view: NonNullable<Report["accuracy"]>) {
  const picture = accuracyPicture(view);
  return {
    ...picture,
    rows: picture.rows.map((row) => ({
      ...row,
      isMeasured: row.kind === "measured",
      isClaimed: row.kind === "claimed",
      isOther: row.kind === "other",
      isBaseline: row.kind === "baseline",
      thresholds: picture.thresholds,
    })),
  };
}

function chartShown(chart: CurveChart) {
  const frame = { ...CHART, labelX: CHART.left - 6, footY: CHART.height - 8 };
  return {
    ...chart,
    frame,
    ticks: chart.ticks.map((tick) => ({ ...frame, ...tick, textY: tick.y + 4 })),
    // A label near the right edge would be cut off; there it stands before its border.
    borders: chart.borders.map((border) =>
      border.x > CHART.right - 48
        ? { ...frame, ...border, textX: border.x - 4, anchor: "end" }
        : { ...frame, ...border, textX: border.x + 4, anchor: "start" },
    ),
    summary: `${chart.title} over ${formatNoun(chart.epochs, "epoch")}: ${chart.lines.map(({ label, last }) => `${label} ends at ${last}`).join(", ")}`,
  };
}

function runFacts({ run, submission }: Report): { label: string; value: string }[] {
  const handedIn = [
    { label: "Handed in as", value: submission.id },
    { label: "Kind", value: submission.kind ?? "not recognised" },
    { label: "Program", value: submission.entry ?? "none found" },
  ];
  if (!run) return [...handedIn, { label: "Run", value: "Nothing was run." }];
  return [
    ...handedIn,
    { label: "Ended", value: run.executed ? run.ended : "Nothing of the submission was executed." },
    {
      label: "Time",
      value: `${formatDuration(run.wallMs)} (${formatDuration(run.cpuMs)} of processor time)`,
    },
    { label: "Peak memory", value: `${Math.round(run.peakMemoryMb)} MB` },
    { label: "Backend", value: run.backend },
    { label: "Isolation", value: run.isolation },
  ];
}
