import { describeFault, type Report } from "../../contract/index.js";
import { accuracyPicture } from "../accuracy-view.js";
import { formatDuration, formatNoun } from "../format-figures.js";
import { itemViews } from "../item-view.js";
import { networkView } from "../network-view.js";
import { CHECK_WORDS, markWords, stampWords, whoMustAct } from "../report-words.js";
import { confusionView } from "./confusion-view.js";
import { CHART, type CurveChart, curveCharts } from "./curves-view.js";
import { markBar } from "./mark-bar.js";

const CHECK_STATES = { agrees: "earned", contradicts: "lost", unchecked: "none" } as const;

/**
 * Everything the template of one submission's page shows; all text is plain, the template escapes it.
 * classPage: address of the class page, null where the reader must not see it.
 */
export function studentView(report: Report, classPage: string | null) {
  const { mark, rest } = markWords(report.mark);
  return {
    assignment: report.assignment.title,
    classPage,
    name: report.submission.name,
    mark,
    rest,
    open: report.mark.pending > 0,
    bar: markBar(report.mark),
    next: report.nextStep,
    stamp: report.stamp === null ? null : { name: report.stamp, words: stampWords(report.stamp) },
    faults: report.faults.map((fault) => ({
      who: whoMustAct(fault.blame, report.audience),
      ...describeFault(fault),
    })),
    network: report.network && networkView(report.network, report.timeline),
    items: itemViews(report),
    accuracy: report.accuracy && accuracyShown(report.accuracy),
    confusion: report.accuracy && confusionView(report.accuracy.heldOut),
    charts: curveCharts(report.curves).map(chartShown),
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
    })),
  };
}

function chartShown(chart: CurveChart) {
  return {
    ...chart,
    frame: { ...CHART, labelX: CHART.left - 6, footY: CHART.height - 8 },
    ticks: chart.ticks.map((tick) => ({ ...tick, textY: tick.y + 4 })),
    borders: chart.borders.map((border) => ({ ...border, textX: border.x + 4 })),
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
