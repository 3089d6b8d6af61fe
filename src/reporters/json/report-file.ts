import { type ClassReport, describeFault, type GradedItem, type Report } from "../../contract/index.js";
import { cleanPart } from "../clean-report.js";
import { itemState } from "../item-state.js";
import type { ReportFile } from "./report-schema.js";

type Submission = ReportFile["submissions"][number];

/** A class as the stable format holds it, clean: figures and words, no pictures and no program output. */
export function reportFile({ assignment, stamp, versions, rows }: ClassReport): ReportFile {
  return {
    schema: "frostline/report/1",
    assignment: cleanPart({ id: assignment.id, title: assignment.title }),
    stamp,
    versions: cleanPart(versions),
    // What is left of a report is cleaned, for most of it is not told here.
    submissions: rows.map(({ report }) => cleanPart(submission(report))),
  };
}

function submission(report: Report): Submission {
  const { id, name, kind, hash } = report.submission;
  const { earned, pending, possible } = report.mark;
  const { run } = report;
  return {
    id,
    name,
    ...(report.attempt ? { attempt: report.attempt } : {}),
    kind,
    hash,
    mark: { earned, pending, possible, final: pending === 0 },
    nextStep: report.nextStep,
    items: report.items.map(itemEntry),
    ...(report.groups ? { groups: report.groups } : {}),
    ...(report.adjustments ? { adjustments: report.adjustments } : {}),
    accuracy: accuracyEntry(report.accuracy),
    faults: report.faults.map((fault) => ({ code: fault.code, blame: fault.blame, ...describeFault(fault) })),
    run: run && {
      executed: run.executed,
      ended: run.ended,
      wallMs: run.wallMs,
      cpuMs: run.cpuMs,
      peakMemoryMb: run.peakMemoryMb,
    },
    stamp: report.stamp,
  };
}

function itemEntry(item: GradedItem): Submission["items"][number] {
  const { id, grader, title, points, earned, pending, verdict } = item;
  const scored = verdict.outcome === "scored" ? verdict : null;
  return {
    id,
    grader,
    title,
    points,
    earned,
    pending,
    state: itemState(item),
    score: scored?.score ?? null,
    proof: scored?.proof ?? null,
    found: verdict.outcome === "scored" ? verdict.found : verdict.why,
    expected: scored?.expected ?? null,
    advice: scored?.advice ?? null,
    ...(item.kind ? { kind: item.kind } : {}),
    ...(item.group ? { group: item.group } : {}),
    ...(item.comment ? { comment: item.comment } : {}),
    ...(item.waitsFor ? { waitsFor: item.waitsFor.id } : {}),
  };
}

function accuracyEntry(accuracy: Report["accuracy"]): Submission["accuracy"] {
  if (!accuracy) return null;
  const { heldOut, interval, claimed } = accuracy;
  const { n, correct } = heldOut;
  return { n, correct, rate: correct / n, ...interval, claimed };
}
